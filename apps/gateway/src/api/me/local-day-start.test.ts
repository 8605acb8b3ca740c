import { expect, test } from "vitest";
import { localDayStartMs } from "./local-day-start.js";

test.each([
  ["UTC", "2026-03-10T20:30:00Z", 2, "2026-03-08T00:00:00.000Z"],
  ["Asia/Shanghai", "2026-03-10T20:30:00Z", 2, "2026-03-08T16:00:00.000Z"],
  ["Asia/Kathmandu", "2026-03-10T20:30:00Z", 0, "2026-03-10T18:15:00.000Z"],
  ["Pacific/Kiritimati", "2026-03-10T09:59:59Z", 0, "2026-03-09T10:00:00.000Z"],
  ["Etc/GMT+12", "2026-03-10T11:59:59Z", 0, "2026-03-09T12:00:00.000Z"],
  // Summer time begins on March 8, and ends on November 1.
  ["America/Los_Angeles", "2026-03-10T20:30:00Z", 2, "2026-03-08T08:00:00.000Z"],
  ["America/Los_Angeles", "2026-03-10T20:30:00Z", 1, "2026-03-09T07:00:00.000Z"],
  ["America/Los_Angeles", "2026-11-01T12:00:00Z", 0, "2026-11-01T07:00:00.000Z"],
  // There summer time begins at midnight: the day's first hour is left out.
  ["Africa/Cairo", "2026-04-24T12:00:00Z", 0, "2026-04-23T22:00:00.000Z"],
  ["America/Santiago", "2026-09-06T12:00:00Z", 0, "2026-09-06T04:00:00.000Z"],
] as const)("in %s, of %s and %i days before, a day begins at %s", (timeZone, at, daysBefore, start) => {
  expect(new Date(localDayStartMs(Date.parse(at), daysBefore, timeZone)).toISOString()).toBe(start);
});
