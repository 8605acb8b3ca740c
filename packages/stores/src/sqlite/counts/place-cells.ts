import { type CellSpan, isKept, spanStartMs, spans } from "../../statistics/cell-place.js";
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

interface GrowingGroup {
  group: NamedGroup;
  /** By when each begins. */
  readonly times: Map<number, GrowingCell>;
}

/** Every cell in which they count, each once. */
export function placeCells(together: readonly CountedTogether[]): readonly PlacedCell[] {
  const placed = spans.map((span) => [span, new Map<string, GrowingGroup>()] as const);
  for (const { groups, times } of together) {
    // The shorter ones first, of which the longer ones are made: most are in many groups.
    let cells: ReadonlyMap<number, StatisticsCell> = times;
    for (const [span, grown] of placed) {
      if (span !== "5m") cells = joinTimes(cells, span);
      for (const group of groups) {
        if (!isKept(group.dimension, span)) continue;
        const { times: growing } = findGroup(grown, group);
        for (const [startMs, cell] of cells) addTo(growing, startMs, cell);
      }
    }
  }
  return placed.flatMap(([span, groups]) =>
    [...groups.values()].flatMap(({ group, times }) =>
      [...times].map(([startMs, cell]) => ({ group, span, startMs, cell })),
    ),
  );
}

function joinTimes(shorter: ReadonlyMap<number, StatisticsCell>, span: CellSpan): ReadonlyMap<number, StatisticsCell> {
  const joined = new Map<number, GrowingCell>();
  for (const [startMs, cell] of shorter) addTo(joined, spanStartMs(span, startMs), cell);
  return joined;
}

function findGroup(groups: Map<string, GrowingGroup>, group: NamedGroup): GrowingGroup {
  const known = groups.get(group.name);
  if (known !== undefined) {
    known.group = group;
    return known;
  }
  const created = { group, times: new Map<number, GrowingCell>() };
  groups.set(group.name, created);
  return created;
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
