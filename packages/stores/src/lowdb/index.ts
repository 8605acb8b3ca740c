// The embedded backend: small state as JSON files through lowdb, requests and the trail in a SQLite database with their
// bodies in files beside it, all below one directory that one process owns.

export type { FsyncPolicy, WriteFailurePolicy } from "../sqlite/index.js";
export { restoreLowdbBackup } from "./backup/restore-backup.js";
export { type LowdbStores, type LowdbStoresOptions, openLowdbStores } from "./open-lowdb-stores.js";
