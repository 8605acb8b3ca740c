import { describeSystemError, systemErrorCode } from "../../failure/store-failure.js";

const corrupt = 11;
const notADatabase = 26;

/** SQLite's primary result codes that an operator can do something about. */
const descriptions: Readonly<Record<number, string>> = {
  3: "permission denied",
  5: "another program holds the database locked",
  6: "another program holds the database locked",
  8: "the file system is read-only",
  10: "the disk failed",
  [corrupt]: "ledger.sqlite is damaged",
  13: "the disk is full",
  14: "the file cannot be opened",
  23: "permission denied",
  [notADatabase]: "ledger.sqlite is damaged",
};

/** What SQLite says of its result codes: errors of `all` bring nothing else (@photostructure/sqlite 1.2.1). */
const messages: Readonly<Record<string, number>> = {
  "database is locked": 5,
  "attempt to write a readonly database": 8,
  "disk I/O error": 10,
  "database disk image is malformed": corrupt,
  "database or disk is full": 13,
  "unable to open database file": 14,
  "file is not a database": notADatabase,
};

/** SQLite's result code without its details; null for any other error. */
function sqlResultCode(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  if ("errcode" in error && typeof error.errcode === "number") return error.errcode & 0xff;
  return messages[error.message] ?? null;
}

export function isDamage(error: unknown): boolean {
  const code = sqlResultCode(error);
  return code === corrupt || code === notADatabase;
}

/** What a failure of SQLite or of the system means to an operator. */
export function describeStorageError(error: unknown): string {
  const code = sqlResultCode(error);
  if (code !== null) return descriptions[code] ?? `SQLite says "${error instanceof Error ? error.message : code}"`;
  // A file that ends too early was written by a system without room.
  return systemErrorCode(error) === null && error instanceof Error ? error.message : describeSystemError(error);
}
