import type { ItemPlace, ItemToSettle } from "../interfaces/batch-store.js";
import type { LedgerEntry } from "../interfaces/ledger.js";

/** What an entry says of an item of a batch. */
export interface SettledItem {
  /** The entry's place among the entries. */
  readonly entry: number;
  readonly place: ItemPlace;
  readonly settled: ItemToSettle;
}

/** Usually none. */
export function listSettledItems(entries: readonly LedgerEntry[]): readonly SettledItem[] {
  const items: SettledItem[] = [];
  for (const [entry, { record, batchItem }] of entries.entries()) {
    if (batchItem === undefined) continue;
    const { batchId, index, state, status, answer } = batchItem;
    const atMs = record.startedAtMs + record.durationMs;
    items.push({ entry, place: { batchId, index }, settled: { state, status, answer, atMs, requestId: record.id } });
  }
  return items;
}
