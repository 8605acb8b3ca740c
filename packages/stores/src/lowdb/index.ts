// The embedded backend: small state as JSON files through lowdb, requests and audit as append-only logs, all below one
// directory that one process owns.
export { restoreLowdbBackup } from "./backup/restore-backup.js";
export { parseEncryptionKey } from "./encryption-key.js";
export type { FsyncPolicy, WriteFailurePolicy } from "./log/commit-queue.js";
export { type LowdbStores, type LowdbStoresOptions, openLowdbStores } from "./open-lowdb-stores.js";
export { createTokenCipher, type TokenCipher } from "./token-cipher.js";
