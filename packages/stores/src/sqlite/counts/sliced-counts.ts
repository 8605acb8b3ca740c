import type { PendingCounts } from "./pending-counts.js";
import { type PlacedCell, placeCells } from "./place-cells.js";

/** In one transaction, so that what is appended meanwhile need not wait for long. */
const cellsAtOnce = 64;

/** How far the counting has got that its slices are of. */
export interface SlicedThrough {
  /** The position of the last record that they count. */
  readonly through: number;
  readonly slices: number;
  /** So many of them are written. */
  readonly written: number;
}

/** What some records add to usage and statistics, in slices. Which cells are in which, their groups and number tell. */
export class SlicedCounts {
  readonly pending: PendingCounts;
  readonly through: number;
  readonly slices: number;
  #written: number;
  readonly #cells: readonly (readonly PlacedCell[])[];

  private constructor(
    pending: PendingCounts,
    cells: readonly PlacedCell[],
    { through, slices, written }: SlicedThrough,
  ) {
    this.pending = pending;
    this.through = through;
    this.slices = slices;
    this.#written = written;
    const sliced = Array.from({ length: slices }, (): PlacedCell[] => []);
    for (const cell of cells) sliced[sliceOf(cell.group.name, slices)]?.push(cell);
    this.#cells = sliced;
  }

  static begin(pending: PendingCounts, through: number): SlicedCounts {
    const cells = placeCells(pending.together);
    const slices = Math.max(1, Math.ceil(cells.length / cellsAtOnce));
    return new SlicedCounts(pending, cells, { through, slices, written: 0 });
  }

  /** Goes on where an earlier process was cut short. */
  static resume(pending: PendingCounts, progress: SlicedThrough): SlicedCounts {
    return new SlicedCounts(pending, placeCells(pending.together), progress);
  }

  get written(): number {
    return this.#written;
  }

  /** Of the next slice. */
  get nextCells(): readonly PlacedCell[] {
    return this.#cells[this.#written] ?? [];
  }

  /** Of all slices that are not written. */
  get otherCells(): readonly PlacedCell[] {
    return this.#cells.slice(this.#written).flat();
  }

  /** Whether the next slice is the last one. */
  get isAtLast(): boolean {
    return this.#written === this.slices - 1;
  }

  noteWritten(): void {
    this.#written += 1;
  }
}

/** The same at all times: what a slice holds must be known after a kill. */
function sliceOf(name: string, slices: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % slices;
}
