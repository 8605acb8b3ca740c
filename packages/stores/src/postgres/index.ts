// The backend for many gateways: everything in one PostgreSQL database (14 or later) that they share. While it is gone,
// finished requests wait on disk; nothing else is kept on the machine.
export { openPostgresStores, type PostgresStoresOptions } from "./open-postgres-stores.js";
