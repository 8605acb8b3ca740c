import { type CellDimension, type CellGroup, cellGroups, noGroup, spanStartMs } from "../../statistics/cell-place.js";
import { addToHistogram, type HistogramCounts } from "../../statistics/histogram.js";
import { outputRate } from "../../statistics/output-rate.js";
import { createCell, type StatisticsCell, sumNames } from "../../statistics/statistics-cell.js";
import { nameIndex, type RecordNames } from "../record-batch/record-names.js";
import { ownIndex, type RecordRow } from "../record-batch/record-row.js";

/** Of fractions, as the sums of cells are. */
const noCharges: readonly number[] = [0.5, 0.5, 0.5, 0.5].fill(0);

/** Requests that agree in everything but their time that is counted apart. */
export interface CountedTogether {
  readonly keyId: string | null;
  readonly tokenId: string | null;
  readonly groups: ReadonlyMap<CellDimension, NamedGroup>;
  /** By the five minutes in which they began. */
  readonly times: Map<number, CountedTime>;
}

export interface NamedGroup extends CellGroup {
  /** Tells groups of a dimension apart. */
  readonly name: string;
}

export class CountedTime implements StatisticsCell {
  readonly sums: number[];
  readonly latencies: HistogramCounts;
  readonly firstTokens: HistogramCounts;
  readonly outputRates: HistogramCounts;
  /** Requests, premium units, nano-AIU and tokens. */
  readonly charges = noCharges.slice();
  lastStartedAtMs: number;

  constructor(startMs: number) {
    const { sums, latencies, firstTokens, outputRates } = createCell();
    this.sums = sums;
    this.latencies = latencies;
    this.firstTokens = firstTokens;
    this.outputRates = outputRates;
    this.lastStartedAtMs = startMs;
  }
}

/** Records whose positions begin with a multiple of this are one stretch, of which the times are known. */
export const stretchRecords = 1024;

/** When the first and the last record of a stretch began. */
export interface StretchTimes {
  firstMs: number;
  lastMs: number;
}

const own = {
  startedAtMs: ownIndex("started_at_ms"),
  durationMs: ownIndex("duration_ms"),
  firstTokenMs: ownIndex("time_to_first_token_ms"),
  inputTokens: ownIndex("input_tokens"),
  outputTokens: ownIndex("output_tokens"),
  premiumUnits: ownIndex("premium_units"),
  nanoAiu: ownIndex("nano_aiu"),
};

const named = {
  keyId: nameIndex("key_id"),
  keyAlias: nameIndex("key_alias"),
  tokenId: nameIndex("token_id"),
  tokenAlias: nameIndex("token_alias"),
  model: nameIndex("model_used"),
  outcome: nameIndex("outcome"),
  errorCode: nameIndex("error_code"),
  protocol: nameIndex("protocol"),
  operation: nameIndex("operation"),
  batchId: nameIndex("batch_id"),
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
).map(ownIndex);

/** Behind them; what batches used comes next. */
const unknownUsageAt = sumNames.indexOf("unknownUsage");

const charged = (["charged_requests", "charged_premium_units", "charged_nano_aiu", "charged_tokens"] as const).map(
  ownIndex,
);

/** What the latest records add to usage and statistics, and the database does not know yet. */
export class PendingCounts {
  readonly #together = new Map<RecordNames, CountedTogether>();
  readonly #stretches = new Map<number, StretchTimes>();
  #records = 0;

  /** How many records are waiting. */
  get records(): number {
    return this.#records;
  }

  get together(): readonly CountedTogether[] {
    return [...this.#together.values()];
  }

  /** By the first position of each stretch. */
  get stretches(): Iterable<readonly [number, StretchTimes]> {
    return this.#stretches;
  }

  add(position: number, row: RecordRow): void {
    const startedAtMs = Number(row.own[own.startedAtMs]);
    const counted = this.#time(row, spanStartMs("5m", startedAtMs));
    addToCell(counted, row);
    for (let index = 0; index < charged.length; index += 1) {
      addTo(counted.charges, index, Number(row.own[charged[index] ?? 0]));
    }
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
    let together = this.#together.get(row.names);
    if (together === undefined) {
      together = createTogether(row.names);
      this.#together.set(row.names, together);
    }
    let time = together.times.get(startMs);
    if (time === undefined) {
      time = new CountedTime(startMs);
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

function createTogether({ values }: RecordNames): CountedTogether {
  const nameAt = (index: number) => values[index] ?? null;
  const keyId = nameAt(named.keyId);
  const tokenId = nameAt(named.tokenId);
  const keyAlias = nameAt(named.keyAlias) ?? noGroup;
  const hasFailed = nameAt(named.outcome) === "failed";
  const groups = cellGroups({
    model: { group: nameAt(named.model) ?? noGroup, label: null },
    key: { group: keyId ?? keyAlias, label: keyAlias },
    token: { group: tokenId ?? noGroup, label: nameAt(named.tokenAlias) },
    error: hasFailed ? { group: nameAt(named.errorCode) ?? noGroup, label: null } : null,
    protocol: { group: nameAt(named.protocol) ?? noGroup, label: null },
    outcome: { group: nameAt(named.outcome) ?? noGroup, label: null },
  });
  return {
    keyId,
    tokenId,
    groups: new Map(
      groups.map((group) => [group.dimension, { ...group, name: `${group.group.group}\0${group.split.group}` }]),
    ),
    times: new Map(),
  };
}

function addToCell(cell: StatisticsCell, { names, own: values }: RecordRow): void {
  const { sums } = cell;
  const outcome = names.values[named.outcome];
  addTo(sums, 0, 1);
  if (outcome === "failed") addTo(sums, 1, 1);
  if (outcome === "aborted") addTo(sums, 2, 1);
  for (let index = 0; index < summed.length; index += 1)
    addTo(sums, index + 3, Number(values[summed[index] ?? 0] ?? 0));
  if (outcome !== "failed" && hasUnknownUsage(names, values)) addTo(sums, unknownUsageAt, 1);
  if (names.values[named.batchId] !== null) {
    addTo(sums, unknownUsageAt + 1, Number(values[own.premiumUnits] ?? 0));
    addTo(sums, unknownUsageAt + 2, Number(values[own.nanoAiu] ?? 0));
  }
  if (outcome !== "completed") return;
  const durationMs = Number(values[own.durationMs]);
  addToHistogram(cell.latencies, durationMs);
  const firstTokenMs = values[own.firstTokenMs] ?? null;
  if (firstTokenMs === null) return;
  addToHistogram(cell.firstTokens, Number(firstTokenMs));
  const rate = outputRate(Number(values[own.outputTokens] ?? 0), Number(firstTokenMs), durationMs);
  if (rate !== null) addToHistogram(cell.outputRates, rate);
}

/** As `addRecord` has it. */
function hasUnknownUsage(names: RecordNames, values: RecordRow["own"]): boolean {
  return (
    values[own.inputTokens] === null &&
    names.values[named.tokenId] !== null &&
    names.values[named.operation] !== "count_tokens"
  );
}

function addTo(sums: number[], index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}
