import { type CellSpan, isKept, spanStartMs, spans } from "../../statistics/cell-place.js";
import type { StatisticsCell } from "../../statistics/statistics-cell.js";
import { mergeCounts } from "./histogram-blob.js";
import type { CountedTogether, NamedGroup } from "./pending-counts.js";

export interface PlacedGroup {
  /** With the labels seen last. */
  readonly group: NamedGroup;
  /** By when each begins. */
  readonly times: ReadonlyMap<number, StatisticsCell>;
}

interface GrowingGroup extends PlacedGroup {
  group: NamedGroup;
  readonly times: Map<number, GrowingCell>;
}

/** Every cell in which they count, each once: the shorter ones first, of which the longer ones are made. */
export function placeCells(
  together: readonly CountedTogether[],
): readonly (readonly [CellSpan, readonly PlacedGroup[]])[] {
  let shorter = new Map<string, GrowingGroup>();
  for (const { groups, times } of together) {
    for (const group of groups) {
      const { times: placed } = findGroup(shorter, group);
      for (const [startMs, { cell }] of times) addTo(placed, startMs, cell);
    }
  }
  return spans.map((span) => {
    if (span !== "5m") shorter = joinTimes(shorter, span);
    return [span, [...shorter.values()].filter(({ group }) => isKept(group.dimension, span))] as const;
  });
}

function joinTimes(shorter: ReadonlyMap<string, GrowingGroup>, span: CellSpan): Map<string, GrowingGroup> {
  const longer = new Map<string, GrowingGroup>();
  for (const [name, { group, times }] of shorter) {
    const joined = new Map<number, GrowingCell>();
    for (const [startMs, cell] of times) addTo(joined, spanStartMs(span, startMs), cell);
    longer.set(name, { group, times: joined });
  }
  return longer;
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

  add(cell: StatisticsCell): void {
    if (!this.#isOwn) {
      this.sums = this.sums.slice();
      this.#isOwn = true;
    }
    for (let index = 0; index < this.sums.length; index += 1) {
      this.sums[index] = (this.sums[index] ?? 0) + (cell.sums[index] ?? 0);
    }
    this.latencies = mergeCounts(this.latencies, cell.latencies);
    this.firstTokens = mergeCounts(this.firstTokens, cell.firstTokens);
    this.outputRates = mergeCounts(this.outputRates, cell.outputRates);
  }
}
