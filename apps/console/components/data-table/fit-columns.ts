import type { DataColumn } from "./data-column";
import { minTableWidthRem } from "./min-table-width";

/** The columns that give way, the last first, until the others fit into so much room. */
export function fitColumns<Data>(columns: readonly DataColumn<Data>[], roomRem: number): readonly string[] {
  const hidden: string[] = [];
  for (const column of columns.toReversed()) {
    const shown = columns.filter(({ id }) => !hidden.includes(id));
    if (minTableWidthRem(shown.map(({ width }) => width)) <= roomRem) break;
    if (column.givesWay === true) hidden.push(column.id);
  }
  return hidden;
}
