import { type LimitWindow, noLimits } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { keyOf } from "../testing/fixtures.js";
import { byBudgetCount, byLimitField, byLimitName, keyBudgets, keyLimits, limitPeriods } from "./key-limits.js";
import { limitAmount } from "./limit-amount.js";
import { limitClaims, limitOfClaim } from "./limit-claims.js";
import { refusal } from "./refusal.js";

describe("the table of limits", () => {
  it("has every limit of a key once, under a name of its own", () => {
    const { limitPeriod, ...limits } = noLimits;
    expect(keyLimits.map(({ field }) => field).sort()).toEqual(Object.keys(limits).sort());
    expect(limitPeriods).toContain(limitPeriod);
    const names = [...keyLimits.map(({ name }) => name), ...keyBudgets.map(({ countName }) => countName)];
    expect(new Set(names).size).toBe(names.length);
  });

  it("tells limits apart by what they count over which time", () => {
    expect(new Set(keyLimits.map(({ unit, window }) => `${unit}/${window}`)).size).toBe(keyLimits.length);
  });

  it("gives one value for each", () => {
    expect(Object.values(byLimitName(({ name }) => name))).toEqual(Object.keys(byLimitName(() => null)));
    expect(Object.values(byLimitField(({ field }) => field))).toEqual(Object.keys(byLimitField(() => null)));
    expect(Object.values(byBudgetCount(({ countName }) => countName))).toEqual(Object.keys(byBudgetCount(() => null)));
  });
});

describe.each(keyLimits)("the limit $name", ({ field, name, noun, unit, window, isEstimate }) => {
  it.each(limitPeriods)("is one claim of a key whose period is %s, and named in its refusal", (limitPeriod) => {
    const key = keyOf({}, { [field]: 3, limitPeriod });
    const claims = limitClaims(key);
    const [claim] = claims;
    if (claim === undefined) throw new Error("there is no claim");
    const expected: LimitWindow = window === "period" ? limitPeriod : window;
    expect(claims).toEqual([{ unit, window: expected, limit: claim.limit, ...(isEstimate ? { isEstimate } : {}) }]);
    expect(limitAmount(unit, claim.limit)).toBe(3);
    expect(limitOfClaim(claim).field).toBe(field);
    const refused = refusal({ claim, used: claim.limit, resetAtMs: null }, key, null, 0);
    expect(refused.message).toContain(`may use 3 ${noun} `);
    expect(refused.message).toContain(`(${name}: 3)`);
    expect(refused.details).toMatchObject({ limit: name, value: 3, used: 3 });
  });
});
