import { expect, it } from "vitest";
import { minTableWidthRem } from "../../components/data-table/min-table-width";
import { tickRem } from "../../components/data-table/tick-rem";
import { stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { useKeyColumns } from "./use-key-columns";

type Columns = ReturnType<typeof useKeyColumns>;

/** What a list has at 1,280 px beside the side bar, where the browser's scroll bar takes room too. */
const roomRem = 61.4;
/** The column that comes with what the gateway counted in the week. */
const weekRem = 7;

function Read({ onColumns }: { onColumns: (columns: Columns) => void }) {
  onColumns(useKeyColumns());
  return null;
}

it("leave the name what the others do not need, and fit at 1,280 px", () => {
  stubGateway({});
  const seen: Columns[] = [];
  renderInConsole(<Read onColumns={(columns) => seen.push(columns)} />);
  const columns = seen.at(-1) ?? [];
  expect(columns.filter(({ width }) => width === undefined).map(({ isTitle }) => isTitle)).toEqual([true]);
  expect(columns.filter(({ width }) => width?.endsWith("%"))).toEqual([]);
  const shown = columns.filter(({ isOptional, givesWay }) => isOptional !== true && givesWay !== true);
  const neededRem = tickRem + weekRem + minTableWidthRem(shown.map(({ width }) => width));
  expect(neededRem).toBeLessThanOrEqual(roomRem);
});
