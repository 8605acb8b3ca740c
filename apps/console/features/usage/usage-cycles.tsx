import { ListSkeleton } from "#components/list-skeleton";
import { useQuotaCycles } from "#lib/api/use-quota-cycles";
import { useQuotaForecast } from "#lib/api/use-quota-forecast";
import { ClosedCycles } from "./closed-cycles";
import { RunningCycles } from "./running-cycles";

/** What becomes of each payer's quota in the running cycle, and what became of it in those that have ended. */
export function UsageCycles() {
  const isWaiting = [useQuotaForecast(), useQuotaCycles()].some(
    ({ isPending, failureCount }) => isPending && failureCount === 0,
  );
  if (isWaiting) return <ListSkeleton />;
  return (
    <>
      <RunningCycles />
      <ClosedCycles />
    </>
  );
}
