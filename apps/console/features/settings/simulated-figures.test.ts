import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { simulatedLosses, strategies } from "./simulated-figures";

/** What the table of the simulation says was left at the reset, by strategy, of the scenario whose name holds `words`. */
function leftInTable(table: string, words: string): Record<string, number> {
  const rows = table
    .split("\n")
    .filter((line) => line.includes(words))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return Object.fromEntries(
    rows.map((cells) => [String(cells[2]).replaceAll("`", ""), Number(String(cells[6]).replace("%", "")) / 100]),
  );
}

it("says what the pool's simulation says", () => {
  const table = readFileSync(path.join(import.meta.dirname, "../../../../docs/pool.md"), "utf8");
  const together = leftInTable(table, "| 103% of the quotas, all reset together |");
  const apart = leftInTable(table, "| 100%, each quota resets on its own day |");
  for (const strategy of strategies) {
    expect(simulatedLosses[strategy].together).toBeCloseTo(together[strategy] ?? Number.NaN, 6);
    expect(simulatedLosses[strategy].apart).toBeCloseTo(apart[strategy] ?? Number.NaN, 6);
  }
});
