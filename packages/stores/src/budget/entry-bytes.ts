import type { LedgerEntry } from "../interfaces/ledger.js";

/** About what a record takes beside its bodies. */
const recordBytes = 1000;

/** What an entry takes while it waits to be written. */
export function entryBytes({ bodies, batchItem }: LedgerEntry): number {
  const bodyBytes = bodies === null ? 0 : bodies.request.length + bodies.response.length;
  return recordBytes + bodyBytes + (batchItem?.answer.length ?? 0);
}
