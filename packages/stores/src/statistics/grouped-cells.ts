import type { RequestRecord } from "@copilot-llm/model";
import { addRecord, CellSum, createCell, type StatisticsCell } from "./statistics-cell.js";

export const dimensions = ["model", "key", "token"] as const;

export type Dimension = (typeof dimensions)[number];

/** One cell per group, in each dimension. */
export type GroupedCells = Readonly<Record<Dimension, Record<string, StatisticsCell>>>;

/** The group of requests that never got as far as a model or a token. */
export const noGroup = "";

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

export function createGroupedCells(): GroupedCells {
  return { model: createGroups(), key: createGroups(), token: createGroups() };
}

/** Makes cells that come from JSON fit to be added to. */
export function adoptGroupedCells(cells: GroupedCells): void {
  for (const dimension of dimensions) Object.setPrototypeOf(cells[dimension], null);
}

/** Without a prototype: a group may have any name. */
function createGroups(): Record<string, StatisticsCell> {
  return Object.setPrototypeOf({}, null);
}

export function addToGroups(cells: GroupedCells, record: RequestRecord): void {
  for (const dimension of dimensions) {
    const group = groupOf(record, dimension);
    const cell = cells[dimension][group] ?? createCell();
    cells[dimension][group] = cell;
    addRecord(cell, record);
  }
}

/** Adds the cells of one dimension to the groups' sums. */
export function sumGroups(sums: Map<string, CellSum>, cells: GroupedCells, dimension: Dimension): void {
  for (const [group, cell] of Object.entries(cells[dimension])) {
    const sum = sums.get(group) ?? new CellSum();
    sums.set(group, sum.add(cell));
  }
}
