import { expect, it } from "vitest";
import { createZonedCalendar } from "./zoned-calendar";

const startOf = (date: string, timeZone: string) =>
  new Date(createZonedCalendar(timeZone).startOf(Date.parse(date))).toISOString();
const dateOf = (time: string, timeZone: string) =>
  new Date(createZonedCalendar(timeZone).dateOf(Date.parse(time))).toISOString().slice(0, 10);

it.each([
  ["2026-03-10", "UTC", "2026-03-10T00:00:00.000Z"],
  ["2026-03-10", "Asia/Shanghai", "2026-03-09T16:00:00.000Z"],
  ["2026-03-10", "Asia/Kolkata", "2026-03-09T18:30:00.000Z"],
  ["2026-03-10", "Pacific/Kiritimati", "2026-03-09T10:00:00.000Z"],
  // Clocks in Berlin go forward at two o'clock on March 29th, and back at three on October 25th.
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
  ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
  ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
  // In Beirut midnight itself was left out on March 27th 2022.
  ["2022-03-27", "Asia/Beirut", "2022-03-26T22:00:00.000Z"],
  ["2022-03-28", "Asia/Beirut", "2022-03-27T21:00:00.000Z"],
])("%s begins in %s at %s", (date, timeZone, start) => {
  expect(startOf(date, timeZone)).toBe(start);
});

it("knows the date of a moment", () => {
  expect(dateOf("2026-03-09T16:00:00Z", "Asia/Shanghai")).toBe("2026-03-10");
  expect(dateOf("2026-03-09T15:59:59Z", "Asia/Shanghai")).toBe("2026-03-09");
  expect(dateOf("2026-03-10T03:59:00Z", "America/New_York")).toBe("2026-03-09");
  expect(dateOf("2026-03-10T23:59:59Z", "UTC")).toBe("2026-03-10");
});
