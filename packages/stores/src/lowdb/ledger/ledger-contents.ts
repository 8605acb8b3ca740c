import type { LedgerEntry } from "../../interfaces/ledger.js";
import type { LogPosition } from "../../segment-log/log-position.js";
import { listSegments } from "../../segment-log/segment-name.js";
import type { DayStatistics } from "../../statistics/day-statistics.js";
import type { StatisticsLabels } from "../../statistics/report-statistics.js";
import { textHash } from "../text-hash.js";
import type { LedgerCountsSnapshot } from "./ledger-counts.js";
import type { LedgerParts } from "./open-ledger-parts.js";

/** Everything that the ledger knows, for another backend to take over. */
export interface LedgerContents {
  readonly counts: LedgerCountsSnapshot;
  /** In order of time. */
  readonly days: readonly DayStatistics[];
  readonly labels: StatisticsLabels;
  /** What is on record and not removed, in the order in which it was recorded. */
  records(): AsyncIterable<LedgerEntry>;
}

/** As of the call, but for the records, which go on while they are read. */
export function readLedgerContents(parts: LedgerParts): LedgerContents {
  return {
    counts: parts.counts.snapshot(),
    days: parts.statistics.days(),
    labels: parts.statistics.labels,
    records: () => readRecords(parts),
  };
}

async function* readRecords({ directory, forgotten, log }: LedgerParts): AsyncIterable<LedgerEntry> {
  for (const segment of await listSegments(directory)) {
    const positions: LogPosition[] = [];
    await log.reader.scan(segment, {
      verifyBodies: false,
      onEntry(entry, position) {
        if (entry.kind !== "request") return;
        const conversation = textHash(entry.record.conversationId);
        if (!forgotten.isForgotten(conversation, position)) positions.push(position);
      },
    });
    for (const position of positions) {
      const read = await log.reader.read(position);
      if (read?.value.kind !== "request") continue;
      yield { record: read.value.record, charges: read.value.charges, bodies: read.bodies };
    }
  }
}
