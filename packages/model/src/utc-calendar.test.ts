import { describe, expect, it } from "vitest";
import {
  dayStartMs,
  hourStartMs,
  monthStartMs,
  nextDayStartMs,
  nextMonthStartMs,
  utcDate,
  windowEndMs,
} from "./utc-calendar.js";

const at = (text: string): number => Date.parse(text);

describe("the UTC calendar", () => {
  it("finds the hour, the day and the month that hold a moment", () => {
    const moment = at("2024-02-29T23:59:59.999Z");
    expect(hourStartMs(moment)).toBe(at("2024-02-29T23:00:00Z"));
    expect(dayStartMs(moment)).toBe(at("2024-02-29T00:00:00Z"));
    expect(monthStartMs(moment)).toBe(at("2024-02-01T00:00:00Z"));
  });

  it("finds what follows, over the end of a month and of a year", () => {
    expect(nextDayStartMs(at("2024-02-29T12:00:00Z"))).toBe(at("2024-03-01T00:00:00Z"));
    expect(nextMonthStartMs(at("2024-12-31T23:59:59Z"))).toBe(at("2025-01-01T00:00:00Z"));
  });

  it("counts a moment at a border to what begins there", () => {
    const border = at("2025-01-01T00:00:00Z");
    expect(dayStartMs(border)).toBe(border);
    expect(windowEndMs("month", border)).toBe(at("2025-02-01T00:00:00Z"));
    expect(windowEndMs("day", border)).toBe(at("2025-01-02T00:00:00Z"));
  });

  it("tells the date of a moment, up to the last of a day", () => {
    expect([0, at("2026-03-10T23:59:59.999Z")].map(utcDate)).toEqual(["1970-01-01", "2026-03-10"]);
  });

  it("has no end for what never begins anew, or not at a fixed time", () => {
    expect(["lifetime", "minute", "open"].map((window) => windowEndMs(window as "minute", 0))).toEqual([
      null,
      null,
      null,
    ]);
  });
});
