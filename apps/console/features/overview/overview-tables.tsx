import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import type { RangeState } from "#lib/use-range";
import { LatestRequests } from "./latest-requests";
import { TopTables } from "./top-tables";

export interface OverviewTablesProps {
  range: RangeState;
  narrowing: Narrowing | null;
}

/** What stands below the charts, and comes after them. */
export function OverviewTables({ range, narrowing }: OverviewTablesProps) {
  return (
    <>
      <TopTables range={range} narrowing={narrowing} />
      <LatestRequests key={narrowing === null ? "" : encodeNarrowing(narrowing)} narrowing={narrowing} />
    </>
  );
}
