// The embedded backend: small state as JSON files through lowdb, requests and audit as append-only logs, all below one
// directory that one process owns.

export type { FsyncPolicy, WriteFailurePolicy } from "../sqlite/index.js";
export { restoreLowdbBackup } from "./backup/restore-backup.js";
export { type LowdbStores, type LowdbStoresOptions, openLowdbStores } from "./open-lowdb-stores.js";
