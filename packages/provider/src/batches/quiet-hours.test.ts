import { expect, it } from "vitest";
import { quietUntilMs } from "./quiet-hours.js";

const at = (hour: number, minute = 0) => Date.UTC(2026, 5, 1, hour, minute);

it.each([
  ["outside of them", at(12), [8, 9], null],
  ["without any", at(12), [], null],
  ["within them", at(8, 30), [8, 9], at(10)],
  ["over midnight", at(23, 59), [22, 23, 0, 1], at(26)],
  ["in one of several", at(8), [8, 10], at(9)],
  ["all day", at(8), Array.from({ length: 24 }, (_, hour) => hour), Number.POSITIVE_INFINITY],
])("%s", (_name, nowMs, hours, expected) => {
  expect(quietUntilMs(nowMs, hours)).toBe(expected);
});
