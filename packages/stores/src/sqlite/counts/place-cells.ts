import { type CellDimension, type CellSpan, spanStartMs, spans } from "../../statistics/cell-place.js";
import { addCounts } from "../../statistics/histogram.js";
import type { StatisticsCell } from "../../statistics/statistics-cell.js";
import type { CountedTogether, NamedGroup } from "./pending-counts.js";

export interface PlacedCell {
  /** With the labels seen last. */
  readonly group: NamedGroup;
  readonly span: CellSpan;
  readonly startMs: number;
  readonly cell: StatisticsCell;
}

/** Requests that agree, by the spans in which they began. */
export interface CountedBySpan {
  readonly groups: ReadonlyMap<CellDimension, NamedGroup>;
  readonly spans: ReadonlyMap<CellSpan, ReadonlyMap<number, StatisticsCell>>;
}

/** The shorter spans first, of which the longer ones are made, once for all groups. */
export function joinSpans({ groups, times }: CountedTogether): CountedBySpan {
  const joined = new Map<CellSpan, ReadonlyMap<number, StatisticsCell>>();
  let cells: ReadonlyMap<number, StatisticsCell> = times;
  for (const span of spans) {
    if (span !== "5m") cells = joinTimes(cells, span);
    joined.set(span, cells);
  }
  return { groups, spans: joined };
}

/** Every cell of a dimension and a span in which they count, each once, as they lie in their table. */
export function placeCells(
  counted: readonly CountedBySpan[],
  dimension: CellDimension,
  span: CellSpan,
): readonly PlacedCell[] {
  const placed = new Map<string, { group: NamedGroup; readonly times: Map<number, GrowingCell> }>();
  for (const { groups, spans: bySpan } of counted) {
    const group = groups.get(dimension);
    if (group === undefined) continue;
    const known = placed.get(group.name) ?? { group, times: new Map() };
    known.group = group;
    placed.set(group.name, known);
    for (const [startMs, cell] of bySpan.get(span) ?? []) addTo(known.times, startMs, cell);
  }
  const cells = [...placed.values()].flatMap(({ group, times }) =>
    [...times].map(([startMs, cell]) => ({ group, span, startMs, cell })),
  );
  return cells.sort((a, b) => a.startMs - b.startMs || (a.group.name < b.group.name ? -1 : 1));
}

function joinTimes(shorter: ReadonlyMap<number, StatisticsCell>, span: CellSpan): ReadonlyMap<number, StatisticsCell> {
  const joined = new Map<number, GrowingCell>();
  for (const [startMs, cell] of shorter) addTo(joined, spanStartMs(span, startMs), cell);
  return joined;
}

function addTo(times: Map<number, GrowingCell>, startMs: number, cell: StatisticsCell): void {
  const known = times.get(startMs);
  if (known === undefined) times.set(startMs, new GrowingCell(cell));
  else known.add(cell);
}

/** The cells that it is made of stay as they are. */
class GrowingCell implements StatisticsCell {
  sums: number[];
  latencies: number[];
  firstTokens: number[];
  outputRates: number[];
  #isOwn = false;

  constructor({ sums, latencies, firstTokens, outputRates }: StatisticsCell) {
    this.sums = sums;
    this.latencies = latencies;
    this.firstTokens = firstTokens;
    this.outputRates = outputRates;
  }

  add({ sums, latencies, firstTokens, outputRates }: StatisticsCell): void {
    if (!this.#isOwn) {
      this.sums = this.sums.slice();
      this.latencies = this.latencies.slice();
      this.firstTokens = this.firstTokens.slice();
      this.outputRates = this.outputRates.slice();
      this.#isOwn = true;
    }
    for (let index = 0; index < this.sums.length; index += 1) {
      this.sums[index] = (this.sums[index] ?? 0) + (sums[index] ?? 0);
    }
    addCounts(this.latencies, latencies);
    addCounts(this.firstTokens, firstTokens);
    addCounts(this.outputRates, outputRates);
  }
}
