import { type CellGroup, cellGroups, noGroup, spanStartMs } from "../../statistics/cell-place.js";
import { addLatency } from "../../statistics/latency-histogram.js";
import { createCell, type StatisticsCell } from "../../statistics/statistics-cell.js";
import { columnIndex, type RecordRow } from "../record-batch/record-row.js";

/** Requests that agree in everything but their time that is counted apart. */
export interface CountedTogether {
  readonly keyId: string | null;
  readonly tokenId: string | null;
  readonly groups: readonly NamedGroup[];
  /** By the five minutes in which they began. */
  readonly times: Map<number, CountedTime>;
}

export interface NamedGroup extends CellGroup {
  /** Tells groups apart. */
  readonly name: string;
}

export interface CountedTime {
  readonly cell: StatisticsCell;
  /** Requests, premium units, nano-AIU and tokens. */
  readonly charges: number[];
  lastStartedAtMs: number;
}

/** Records whose positions begin with a multiple of this are one stretch, of which the times are known. */
export const stretchRecords = 1024;

/** When the first and the last record of a stretch began. */
export interface StretchTimes {
  firstMs: number;
  lastMs: number;
}

const at = {
  startedAtMs: columnIndex("started_at_ms"),
  keyId: columnIndex("key_id"),
  keyAlias: columnIndex("key_alias"),
  tokenId: columnIndex("token_id"),
  tokenAlias: columnIndex("token_alias"),
  model: columnIndex("model_used"),
  outcome: columnIndex("outcome"),
  errorCode: columnIndex("error_code"),
  durationMs: columnIndex("duration_ms"),
  firstTokenMs: columnIndex("time_to_first_token_ms"),
};

/** The columns that a cell adds up behind its requests, errors and aborted ones. */
const summed = (
  [
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "premium_units",
    "nano_aiu",
  ] as const
).map(columnIndex);

const charged = (["charged_requests", "charged_premium_units", "charged_nano_aiu", "charged_tokens"] as const).map(
  columnIndex,
);

/** Where in a row stands what is counted. */
export const countedIndexes: ReadonlySet<number> = new Set([...Object.values(at), ...summed, ...charged]);

/** What the latest records add to usage and statistics, and the database does not know yet. */
export class PendingCounts {
  readonly #together = new Map<string, CountedTogether>();
  readonly #stretches = new Map<number, StretchTimes>();
  #records = 0;

  /** How many records are waiting. */
  get records(): number {
    return this.#records;
  }

  get together(): Iterable<CountedTogether> {
    return this.#together.values();
  }

  /** By the first position of each stretch. */
  get stretches(): Iterable<readonly [number, StretchTimes]> {
    return this.#stretches;
  }

  add(position: number, row: RecordRow): void {
    const startedAtMs = Number(row[at.startedAtMs]);
    const counted = this.#time(row, spanStartMs("5m", startedAtMs));
    addToCell(counted.cell, row);
    for (const [index, column] of charged.entries()) addTo(counted.charges, index, Number(row[column]));
    counted.lastStartedAtMs = Math.max(counted.lastStartedAtMs, startedAtMs);
    this.#noteTime(position, startedAtMs);
    this.#records += 1;
  }

  clear(): void {
    this.#together.clear();
    this.#stretches.clear();
    this.#records = 0;
  }

  #time(row: RecordRow, startMs: number): CountedTime {
    const failure = row[at.outcome] === "failed" ? row[at.errorCode] : undefined;
    const name = `${row[at.model]}\0${row[at.keyId]}\0${row[at.keyAlias]}\0${row[at.tokenId]}\0${row[at.tokenAlias]}\0${failure}`;
    let together = this.#together.get(name);
    if (together === undefined) {
      together = createTogether(row);
      this.#together.set(name, together);
    }
    let time = together.times.get(startMs);
    if (time === undefined) {
      time = { cell: createCell(), charges: [0, 0, 0, 0], lastStartedAtMs: startMs };
      together.times.set(startMs, time);
    }
    return time;
  }

  #noteTime(position: number, startedAtMs: number): void {
    const firstPosition = position - (position % stretchRecords);
    const times = this.#stretches.get(firstPosition);
    if (times === undefined) {
      this.#stretches.set(firstPosition, { firstMs: startedAtMs, lastMs: startedAtMs });
      return;
    }
    times.firstMs = Math.min(times.firstMs, startedAtMs);
    times.lastMs = Math.max(times.lastMs, startedAtMs);
  }
}

function createTogether(row: RecordRow): CountedTogether {
  const keyId = textOf(row[at.keyId]);
  const tokenId = textOf(row[at.tokenId]);
  const keyAlias = textOf(row[at.keyAlias]) ?? noGroup;
  const groups = cellGroups({
    model: { group: textOf(row[at.model]) ?? noGroup, label: null },
    key: { group: keyId ?? keyAlias, label: keyAlias },
    token: { group: tokenId ?? noGroup, label: textOf(row[at.tokenAlias]) },
    error: row[at.outcome] === "failed" ? { group: textOf(row[at.errorCode]) ?? noGroup, label: null } : null,
  });
  return {
    keyId,
    tokenId,
    groups: groups.map((group) => ({
      ...group,
      name: `${group.dimension}\0${group.group.group}\0${group.split.group}`,
    })),
    times: new Map(),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function addToCell({ sums, latencies, firstTokens }: StatisticsCell, row: RecordRow): void {
  const outcome = row[at.outcome];
  addTo(sums, 0, 1);
  if (outcome === "failed") addTo(sums, 1, 1);
  if (outcome === "aborted") addTo(sums, 2, 1);
  for (const [index, column] of summed.entries()) addTo(sums, index + 3, Number(row[column] ?? 0));
  if (outcome !== "completed") return;
  addLatency(latencies, Number(row[at.durationMs]));
  const firstTokenMs = row[at.firstTokenMs] ?? null;
  if (firstTokenMs !== null) addLatency(firstTokens, Number(firstTokenMs));
}

function addTo(sums: number[], index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}
