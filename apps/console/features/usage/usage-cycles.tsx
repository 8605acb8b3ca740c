import { ClosedCycles } from "./closed-cycles";
import { RunningCycles } from "./running-cycles";

/** What becomes of each payer's quota in the running cycle, and what became of it in those that have ended. */
export function UsageCycles() {
  return (
    <>
      <RunningCycles />
      <ClosedCycles />
    </>
  );
}
