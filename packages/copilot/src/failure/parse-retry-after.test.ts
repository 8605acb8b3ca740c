import { expect, it } from "vitest";
import { parseRetryAfter } from "./parse-retry-after.js";

const nowMs = Date.parse("2026-05-01T12:00:00Z");

it.each([
  ["30", 30_000],
  ["0.5", 500],
  [" 7 ", 7000],
  ["Fri, 01 May 2026 12:00:45 GMT", 45_000],
  ["Fri, 01 May 2026 11:00:00 GMT", 0],
  ["soon", null],
  ["-3", null],
  ["", null],
  [undefined, null],
])("reads retry-after %j as %j ms", (value, expected) => {
  expect(parseRetryAfter(value, nowMs)).toBe(expected);
});
