import type { RequestRecord } from "@copilot-llm/model";
import * as z from "zod";
import { cellSchema, StatisticsCell } from "./statistics-cell.js";

export const dimensions = ["model", "key", "token"] as const;

export type Dimension = (typeof dimensions)[number];

/** The group of requests that never got as far as a model or a token. */
export const noGroup = "";

const cellsSchema = z.record(z.string(), cellSchema);
export const groupedCellsSchema = z.strictObject({ model: cellsSchema, key: cellsSchema, token: cellsSchema });

type StoredGroups = z.infer<typeof groupedCellsSchema>;

/** The group of a record in each dimension. A model that nobody has is not counted under the name a client made up. */
export function groupOf(record: RequestRecord, dimension: Dimension): string {
  switch (dimension) {
    case "model":
      return record.modelUsed ?? noGroup;
    case "key":
      return record.keyId ?? record.keyAlias;
    case "token":
      return record.tokenId ?? noGroup;
  }
}

/** One cell per group, in each dimension. */
export class GroupedCells {
  readonly #cells: Readonly<Record<Dimension, Map<string, StatisticsCell>>> = {
    model: new Map(),
    key: new Map(),
    token: new Map(),
  };

  addRecord(record: RequestRecord): void {
    for (const dimension of dimensions) this.#cell(dimension, groupOf(record, dimension)).addRecord(record);
  }

  has(dimension: Dimension, group: string): boolean {
    return this.#cells[dimension].has(group);
  }

  /** Adds the cells of one dimension to `sums`. */
  addTo(sums: Map<string, StatisticsCell>, dimension: Dimension): void {
    for (const [group, cell] of this.#cells[dimension]) {
      const sum = sums.get(group) ?? new StatisticsCell();
      sum.addCell(cell);
      sums.set(group, sum);
    }
  }

  toStored(): StoredGroups {
    const store = (dimension: Dimension) =>
      Object.fromEntries([...this.#cells[dimension]].map(([group, cell]) => [group, cell.toStored()]));
    return { model: store("model"), key: store("key"), token: store("token") };
  }

  static fromStored(stored: StoredGroups): GroupedCells {
    const cells = new GroupedCells();
    for (const dimension of dimensions) {
      for (const [group, cell] of Object.entries(stored[dimension])) {
        cells.#cells[dimension].set(group, StatisticsCell.fromStored(cell));
      }
    }
    return cells;
  }

  #cell(dimension: Dimension, group: string): StatisticsCell {
    const known = this.#cells[dimension].get(group);
    if (known !== undefined) return known;
    const cell = new StatisticsCell();
    this.#cells[dimension].set(group, cell);
    return cell;
  }
}
