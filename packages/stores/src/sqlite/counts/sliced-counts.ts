import { cellDimensions } from "../../statistics/cell-place.js";
import type { PendingCounts } from "./pending-counts.js";
import { joinSpans, type PlacedCell, placeCells } from "./place-cells.js";

/** In one transaction, so that what is appended meanwhile need not wait for long. */
const cellsAtOnce = 256;

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
    while (this.#written < written) this.advance();
  }

  /** Not written yet; undefined behind the last one. */
  get next(): readonly PlacedCell[] | undefined {
    return this.#next;
  }

  get written(): number {
    return this.#written;
  }

  advance(): void {
    this.#next = this.#slices.next().value;
    this.#written += 1;
  }
}

function* slice(pending: PendingCounts): Generator<readonly PlacedCell[], undefined> {
  const counted = pending.together.map(joinSpans);
  for (const dimension of cellDimensions) {
    const cells = placeCells(counted, dimension);
    for (let start = 0; start < cells.length; start += cellsAtOnce) yield cells.slice(start, start + cellsAtOnce);
  }
}
