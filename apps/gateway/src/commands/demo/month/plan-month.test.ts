import { describe, expect, it } from "vitest";
import { planMonth } from "./plan-month.js";
import { answerTo } from "./topics.js";

const nowMs = Date.UTC(2026, 10, 29, 13);
const month = planMonth(nowMs);

describe("planMonth", () => {
  it("is the same for the same moment, in order, and over before it", () => {
    expect(planMonth(nowMs)).toEqual(month);
    const times = month.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(nowMs);
    expect(nowMs - (times[0] ?? 0)).toBeGreaterThan(29 * 86_400_000);
  });

  it("has every API, working days that are busier than the others, and a few failures", () => {
    expect(month.length).toBeGreaterThan(500);
    expect(new Set(month.map(({ person }) => person.protocol)).size).toBe(3);
    const isWeekend = ({ atMs }: { atMs: number }) => [0, 6].includes(new Date(atMs).getUTCDay());
    const weekend = month.filter(isWeekend).length;
    expect(weekend / 9).toBeLessThan((month.length - weekend) / 22 / 2);
    const failures = month.filter(({ fault }) => fault !== null).length;
    expect(failures).toBeGreaterThan(5);
    expect(failures).toBeLessThan(month.length / 10);
  });

  it("says in every key's name that nobody asked", () => {
    expect(month.filter(({ person }) => !person.alias.endsWith("(simulated)"))).toEqual([]);
  });
});

describe("answerTo", () => {
  it("answers what the month asks, and nothing else", () => {
    expect(answerTo("Review: is this regular expression safe? ^(a+)+$")).toMatch(/^No\./u);
    expect(answerTo("Hello")).toBeUndefined();
  });
});
