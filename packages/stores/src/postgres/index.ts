// The backend for many gateways: everything in one PostgreSQL database (14 or later) that they share. While it is gone,
// finished requests wait on disk; nothing else is kept on the machine.
export { type ImportOptions, type ImportSummary, importDataDirectory } from "./import/import-data-directory.js";
export { openPostgresStores, type PostgresStoresOptions } from "./open-postgres-stores.js";
