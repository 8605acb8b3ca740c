import { hourMs, minuteMs } from "./time-units";

const unitsMs: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|毫秒)$/u, 1],
  [/^(?:s|sec|seconds?|秒)?$/u, 1_000],
  [/^(?:m|min|minutes?|分|分钟)$/u, minuteMs],
  [/^(?:h|hours?|小时)$/u, hourMs],
];

/** What was typed as a time that something takes, in whole milliseconds: `45`, `1.5 s`, `2 min`. Null where it is none. */
export function parseDuration(text: string): number | null {
  const [, digits = "", unit = ""] = /^\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*(\p{L}*)\s*$/u.exec(text) ?? [];
  const unitMs = unitsMs.find(([pattern]) => pattern.test(unit.toLowerCase()))?.[1];
  return digits === "" || unitMs === undefined ? null : Math.round(Number(digits.replace(",", ".")) * unitMs);
}
