import { dayMs, hourMs } from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import type { Traffic } from "./read-traffic.js";
import { trafficAlerts } from "./traffic-alerts.js";

const nowMs = Date.UTC(2026, 4, 10, 12, 34);
const none = { requests: 0, errors: 0 };

describe("the error rate of the hour", () => {
  const alertsOf = (hour: Traffic["hour"], week: Traffic["week"]) =>
    trafficAlerts({ hour, week, busyHourStartsMs: [] }, nowMs);
  const week = { requests: 1_000, errors: 50 };

  test("is told when it is more than three times the week's", () => {
    expect(alertsOf({ requests: 100, errors: 15 }, week)).toEqual([]);
    expect(alertsOf({ requests: 100, errors: 16 }, week)).toEqual([
      { severity: "warning", code: "error_rate_high", requests: 100, errors: 16, rate: 0.16, weekRate: 0.05 },
    ]);
  });

  test.each([
    ["too few requests", { requests: 19, errors: 19 }, week],
    ["too few failures", { requests: 20, errors: 4 }, { requests: 1_000, errors: 0 }],
    [
      "too small a part, after a week without any failure",
      { requests: 1_000, errors: 49 },
      { requests: 1_000, errors: 0 },
    ],
    ["no week to compare it with", { requests: 100, errors: 100 }, { requests: 99, errors: 0 }],
  ])("is no alarm with %s", (_, hour, before) => {
    expect(alertsOf(hour, before)).toEqual([]);
  });

  test("is told of the least that counts", () => {
    expect(alertsOf({ requests: 20, errors: 5 }, { requests: 100, errors: 0 })).toHaveLength(1);
  });
});

describe("nothing on record", () => {
  /** Requests in one hour of each of so many days, the last of which ended so long ago. */
  function silentFor(silentMs: number, days = 7, without: readonly number[] = []) {
    const lastStartMs = nowMs - silentMs - hourMs;
    const busyHourStartsMs = Array.from({ length: days }, (_, day) => day)
      .filter((day) => !without.includes(day))
      .map((day) => lastStartMs - day * dayMs)
      .reverse();
    return trafficAlerts({ hour: none, week: none, busyHourStartsMs }, nowMs);
  }

  test("is told from a day on, for two days", () => {
    expect(silentFor(dayMs - 1)).toEqual([]);
    expect(silentFor(dayMs)).toEqual([{ severity: "warning", code: "nothing_recorded", sinceMs: nowMs - dayMs }]);
    expect(silentFor(3 * dayMs - 1)).toHaveLength(1);
    expect(silentFor(3 * dayMs)).toEqual([]);
  });

  test("is no news where one of the seven days before had no requests, or there never were any", () => {
    expect(silentFor(dayMs, 6)).toEqual([]);
    expect(silentFor(dayMs, 9, [3])).toEqual([]);
    expect(silentFor(dayMs, 0)).toEqual([]);
  });
});
