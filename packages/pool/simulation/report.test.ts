import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type ReportRow, replaceTable, servedShare, simulateAll } from "./report.js";

describe("a month of bursty traffic on 50 tokens with unequal quotas and random faults", () => {
  let rows: readonly ReportRow[] = [];

  beforeAll(async () => {
    rows = await simulateAll();
  }, 120_000);

  function resultsOf(strategy: ReportRow["strategy"]): readonly ReportRow["result"][] {
    return rows.filter((row) => row.strategy === strategy).map(({ result }) => result);
  }

  it("has at least 99.9% of the requests served while any token could serve", () => {
    for (const { result } of rows) expect(servedShare(result)).toBeGreaterThanOrEqual(0.999);
  });

  it("overdraws no token's quota", () => {
    for (const { result } of rows) expect(result.overdrawn).toBe(0);
  });

  it("leaves under 2% of the quotas at their reset with most_remaining", () => {
    for (const { quotaLeftShare } of resultsOf("most_remaining")) expect(quotaLeftShare).toBeLessThan(0.02);
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
