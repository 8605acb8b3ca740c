import { expect, it } from "vitest";
import { dismissAlert, parseDismissed } from "./dismissed-alerts";

const hourMs = 3_600_000;

it("puts an alert away for a day", () => {
  const stored = dismissAlert(dismissAlert(null, "old", 0), "a", 20 * hourMs);
  expect([...parseDismissed(stored, 23 * hourMs)]).toEqual(["old", "a"]);
  expect([...parseDismissed(stored, 25 * hourMs)]).toEqual(["a"]);
  expect(Object.keys(JSON.parse(dismissAlert(stored, "b", 50 * hourMs)))).toEqual(["b"]);
});

it.each([null, "", "[]", "{", '{"a":"x"}'])("takes %j for nothing", (stored) => {
  expect([...parseDismissed(stored, 0)]).toEqual([]);
});
