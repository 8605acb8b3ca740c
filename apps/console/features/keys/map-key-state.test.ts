import { describe, expect, it } from "vitest";
import { createKey } from "../../testing/fixtures";
import { mapKeyState, nextResetMs, tightestBudget } from "./map-key-state";

const nowMs = Date.parse("2026-11-22T12:00:00Z");
const used = { last_used_at: "2026-11-22T11:00:00Z" };

describe("mapKeyState", () => {
  it.each([
    [{ ...used }, "active"],
    [{}, "unused"],
    [{ ...used, state: "limited" }, "limited"],
    [{ ...used, expires_at: "2026-11-25T00:00:00Z" }, "expiring"],
    [{ ...used, state: "expired", expires_at: "2026-11-22T12:00:00Z" }, "expired"],
    [{ ...used, state: "disabled", enabled: false }, "disabled"],
  ] as const)("of %j is %s", (fields, state) => {
    expect(mapKeyState(createKey(fields), nowMs)).toBe(state);
  });
});

it("finds the budget that is met first", () => {
  const key = createKey({ max_requests: 100, current_requests: 50, max_credits: 2, current_credits: 1.5 });
  expect(tightestBudget(key)).toMatchObject({ name: "max_credits", used: 1.5, limit: 2 });
  expect(tightestBudget(createKey({ current_requests: 5 }))).toBeNull();
});

it("knows when counts begin anew, in UTC", () => {
  expect(nextResetMs({ limit_period: "day" }, nowMs)).toBe(Date.parse("2026-11-23T00:00:00Z"));
  expect(nextResetMs({ limit_period: "month" }, nowMs)).toBe(Date.parse("2026-12-01T00:00:00Z"));
  expect(nextResetMs({ limit_period: "lifetime" }, nowMs)).toBeNull();
});
