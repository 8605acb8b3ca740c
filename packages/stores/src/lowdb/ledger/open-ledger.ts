import { type LedgerOptions, openLedgerParts } from "./open-ledger-parts.js";
import { SegmentedLedger } from "./segmented-ledger.js";

/** Reads the newest checkpoint and what came after it; the rest is read when it is asked for. */
export async function openLedger(options: LedgerOptions): Promise<SegmentedLedger> {
  return new SegmentedLedger(await openLedgerParts(options));
}
