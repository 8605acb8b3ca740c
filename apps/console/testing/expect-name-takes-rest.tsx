import { expect } from "vitest";
import type { DataColumn } from "../components/data-table/data-column";
import { minTableWidthRem } from "../components/data-table/min-table-width";
import { tickRem } from "../components/data-table/tick-rem";
import { stubGateway } from "./fake-gateway";
import { renderInConsole } from "./render-in-console";

/** What a list has at 1,280 px beside the side bar, where the browser's scroll bar takes room too. */
const roomRem = 61.4;

interface ReadProps<Row> {
  useColumns: () => readonly DataColumn<Row>[];
  onColumns: (columns: readonly DataColumn<Row>[]) => void;
}

function Read<Row>({ useColumns, onColumns }: ReadProps<Row>) {
  onColumns(useColumns());
  return null;
}

/** Of a list's columns only the title has no width of its own, and all that are shown at first fit at 1,280 px beside `othersRem`. */
export function expectNameTakesRest<Row>(useColumns: () => readonly DataColumn<Row>[], othersRem = 0): void {
  stubGateway({});
  const seen: (readonly DataColumn<Row>[])[] = [];
  renderInConsole(<Read useColumns={useColumns} onColumns={(columns) => seen.push(columns)} />);
  const columns = seen.at(-1) ?? [];
  expect(columns.filter(({ width }) => width === undefined).map(({ isTitle }) => isTitle)).toEqual([true]);
  expect(columns.filter(({ width }) => width?.endsWith("%"))).toEqual([]);
  const shown = columns.filter(({ isOptional, givesWay }) => isOptional !== true && givesWay !== true);
  const neededRem = tickRem + othersRem + minTableWidthRem(shown.map(({ width }) => width));
  expect(neededRem).toBeLessThanOrEqual(roomRem);
}
