// The embedded ledger: requests as rows of one SQLite database, their bodies in plain files beside it. One thread
// writes, one reads; no other folder looks further in.
export type { KeptCell, LedgerContents } from "./ledger-contents.js";
export { type FsyncPolicy, type OpenSqliteLedger, startSqliteLedger } from "./open-sqlite-ledger.js";
export type { WriteFailurePolicy } from "./record-queue.js";
export type { LedgerCopy } from "./take-copy.js";
