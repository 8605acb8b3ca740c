import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type ReportRow, replaceTable, servedShare, simulateAll } from "./report.js";
import { simulateMonth } from "./simulate-month.js";

describe("a month of bursty traffic on 50 tokens with unequal quotas and random faults", () => {
  let rows: readonly ReportRow[] = [];

  beforeAll(async () => {
    rows = await simulateAll();
  }, 600_000);

  function resultsOf(strategy: ReportRow["strategy"]): readonly ReportRow["result"][] {
    return rows.filter((row) => row.strategy === strategy).map(({ result }) => result);
  }

  it("has at least 99.9% of the requests served while any token could serve", () => {
    for (const { result } of rows) expect(servedShare(result)).toBeGreaterThanOrEqual(0.999);
  });

  it("overdraws no quota", () => {
    for (const { result } of rows) expect(result.overdrawn).toBe(0);
  });

  it("leaves under 2% of the quotas at their reset with most_remaining, where users ask for all of them", () => {
    const asking = rows.filter(({ strategy, title }) => strategy === "most_remaining" && !title.startsWith("60%"));
    expect(asking).not.toEqual([]);
    for (const { result } of asking) expect(result.quotaLeftShare).toBeLessThan(0.02);
  });

  it("leaves within half a percent of what an oracle would with least_waste, and nobody leaves less than that", () => {
    const results = resultsOf("least_waste");
    expect(results).toHaveLength(10);
    for (const { quotaLeftShare, leastPossibleShare } of results) {
      expect(quotaLeftShare - leastPossibleShare).toBeLessThan(0.005);
    }
    for (const { result } of rows) expect(result.quotaLeftShare).toBeGreaterThan(result.leastPossibleShare - 0.0005);
  });

  it.each([2, 3, 4])("does so with other numbers too: %i", async (seed) => {
    const scenario = {
      seed,
      strategy: "least_waste",
      demand: 1,
      resets: "apart",
      quotas: "shared",
      scale: 0.2,
    } as const;
    const { quotaLeftShare, leastPossibleShare } = await simulateMonth(scenario);
    expect(quotaLeftShare - leastPossibleShare).toBeLessThan(0.005);
  });

  it("foretells ten days before a reset what will be lost, half of the time within a tenth of the quota", () => {
    for (const { result } of rows) expect(result.forecastError).toBeLessThanOrEqual(0.1);
  });

  it("keeps the tokens' loads within 5% under round_robin, while quotas last", () => {
    const lasting = resultsOf("round_robin").filter(({ quotaLeftShare }) => quotaLeftShare > 0.5);
    expect(lasting).not.toEqual([]);
    for (const { loadSpread } of lasting) expect(loadSpread).toBeLessThanOrEqual(0.05);
  });

  it("keeps conversations on their token, though all of them meet faults", () => {
    for (const { result } of rows) {
      expect(result.keptTokenShare).toBeGreaterThan(0.95);
      expect(result.refusals).toBeGreaterThan(100);
    }
  });

  it("is told in docs/pool.md as it is", async () => {
    const document = await readFile(new URL("../../../docs/pool.md", import.meta.url), "utf8");
    expect(document, "run `pnpm --filter @copilot-llm/pool simulate`").toBe(replaceTable(document, rows));
  });
});
