import { nanoAiuPerCredit, type RequestRecord } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { EntityOutlook } from "../quota/quota-figures.js";
import { SpareQuota } from "./spare-quota.js";

const startMs = 1_000_000;

function outlook(entityId: string, waste: number | null, changes: Partial<EntityOutlook> = {}): EntityOutlook {
  return {
    entityId,
    name: entityId,
    tokenIds: [`tok_${entityId}`],
    usedHere: null,
    usedElsewhere: null,
    unit: "premium_requests",
    entitlement: 300,
    used: 0,
    remaining: 300,
    unlimited: false,
    resetAtMs: startMs + 1_000_000,
    pace: null,
    usedAtReset: null,
    waste: waste === null ? null : { p10: waste, expected: waste * 2, p90: waste * 3 },
    runsOutAtMs: null,
    ...changes,
  };
}

function spareOf(...entities: readonly EntityOutlook[]): SpareQuota {
  const spare = new SpareQuota();
  spare.takeForecast({ computedAtMs: startMs, strategy: "round_robin", entities, pool: [] });
  return spare;
}

function used(tokenId: string | null, premiumUnits: number, nanoAiu: number | null = null): RequestRecord {
  return { tokenId, premiumUnits, nanoAiu } as RequestRecord;
}

describe("what batches may use", () => {
  it("is what will be lost even on a busy course, and nothing before there is a forecast, or where none can be made", () => {
    expect(new SpareQuota().mayDraw("a", 0, startMs, startMs)).toBe(false);
    const spare = spareOf(outlook("a", 10), outlook("b", 0), outlook("c", null));
    expect(["a", "b", "c", "d"].map((id) => spare.left(id, startMs))).toEqual([10, 0, 0, 0]);
    expect([10, 10.5, 0].map((units) => spare.mayDraw("a", units, startMs, startMs))).toEqual([true, false, true]);
    expect(spare.mayDraw("b", 0, startMs, startMs)).toBe(false);
  });

  it("is less what batches have used since, in the entity's own unit, until the next forecast counts that", () => {
    const spare = spareOf(outlook("a", 10), outlook("credits", 10, { unit: "credits" }));
    spare.noteUse(used("tok_a", 3, 5 * nanoAiuPerCredit), startMs + 1);
    spare.noteUse(used("tok_credits", 3, 4 * nanoAiuPerCredit), startMs + 1);
    spare.noteUse(used("tok_unknown", 3), startMs + 1);
    spare.noteUse(used(null, 3), startMs + 1);
    expect([spare.left("a", startMs + 2), spare.left("credits", startMs + 2)]).toEqual([7, 6]);
    spare.noteUse(used("tok_a", 50), startMs + 3);
    expect(spare.left("a", startMs + 4)).toBe(0);
    spare.takeForecast({
      computedAtMs: startMs + 2,
      strategy: "round_robin",
      entities: [outlook("a", 60), outlook("credits", 5)],
      pool: [],
    });
    expect([spare.left("a", startMs + 4), spare.left("credits", startMs + 4)]).toEqual([10, 5]);
  });

  it("is nothing while the forecast is from before this gateway alone drew on the entity", () => {
    const spare = spareOf(outlook("a", 10));
    expect(
      [startMs, startMs + 1, Number.POSITIVE_INFINITY].map((sinceMs) => spare.mayDraw("a", 1, startMs + 2, sinceMs)),
    ).toEqual([true, false, false]);
  });

  it("is nothing of a period that has ended", () => {
    const spare = spareOf(outlook("a", 10, { resetAtMs: startMs + 100 }));
    expect(spare.left("a", startMs + 99)).toBe(10);
    expect(spare.left("a", startMs + 100)).toBe(0);
  });
});
