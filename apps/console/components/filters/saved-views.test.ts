import { expect, it } from "vitest";
import { parseSavedViews } from "./saved-views";

it("reads views that were kept and leaves out what is none", () => {
  const view = { name: "Errors", search: "?status=failed" };
  const stored = JSON.stringify([view, { name: "bad", search: "https://evil.example/" }, null, { name: 1 }]);
  expect(parseSavedViews(stored)).toEqual([view]);
  expect(parseSavedViews("{")).toEqual([]);
  expect(parseSavedViews(null)).toEqual([]);
});
