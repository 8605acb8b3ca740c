import { cellDimensions, isKept, spans } from "../../statistics/cell-place.js";
import type { PendingCounts } from "./pending-counts.js";
import { type CountedBySpan, joinSpans, type PlacedCell, placeCells } from "./place-cells.js";

/**
 * In one transaction, so that what is appended meanwhile need not wait for long. Which cells are in which slice is part of
 * what is on disk (`counted_slices`): another number, or other dimensions and spans, take a version of the schema.
 */
const cellsAtOnce = 64;
/** Before the first cells: so many requests that agree are looked at in a step. */
const joinedAtOnce = 64;

/**
 * What some records add to statistics, in slices: always the same for the same records, so that how many are written
 * tells which. Neighbours in the table are in one slice; each is made when it is wanted.
 */
export class SlicedCounts {
  readonly pending: PendingCounts;
  /** The position of the last record that they count. */
  readonly through: number;
  readonly #slices: Iterator<readonly PlacedCell[], undefined>;
  #next: readonly PlacedCell[] | undefined;
  #written = 0;

  /** Begins behind those that an earlier process has written. */
  constructor(pending: PendingCounts, through: number, written = 0) {
    this.pending = pending;
    this.through = through;
    this.#slices = slice(pending);
    this.#next = this.#slices.next().value;
    while (this.#next !== undefined && this.#written < written) this.advance();
  }

  /** Not written yet: none, where there was only something to work out; undefined behind the last slice. */
  get next(): readonly PlacedCell[] | undefined {
    return this.#next;
  }

  /** So many slices with cells. */
  get written(): number {
    return this.#written;
  }

  advance(): void {
    if (this.#next !== undefined && this.#next.length > 0) this.#written += 1;
    this.#next = this.#slices.next().value;
  }
}

/** How long each takes to make matters, too: it is between two appends. */
function* slice({ together }: PendingCounts): Generator<readonly PlacedCell[], undefined> {
  const counted: CountedBySpan[] = [];
  for (let start = 0; start < together.length; start += joinedAtOnce) {
    counted.push(...together.slice(start, start + joinedAtOnce).map(joinSpans));
    if (counted.length < together.length) yield [];
  }
  const cells: PlacedCell[] = [];
  for (const dimension of cellDimensions) {
    for (const span of spans) {
      if (!isKept(dimension, span)) continue;
      cells.push(...placeCells(counted, dimension, span));
      while (cells.length >= cellsAtOnce) yield cells.splice(0, cellsAtOnce);
    }
  }
  if (cells.length > 0) yield cells;
}
