import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { markPlaces } from "./found";

class FakeHighlight extends Set<Range> {
  priority = 0;
}

let highlights: Map<string, FakeHighlight>;

beforeEach(() => {
  highlights = new Map();
  vi.stubGlobal("Highlight", FakeHighlight);
  vi.stubGlobal("CSS", { highlights });
});

afterEach(() => vi.unstubAllGlobals());

const marked = (name: string) => [...(highlights.get(name) ?? [])];

it("leaves the marks of one search alone when those of another go", () => {
  const [left, right] = [document.createRange(), document.createRange()];
  const namesOf = (name: string) => marked(name).map((range) => (range === left ? "left" : "right"));
  const unmarkLeft = markPlaces([left], left);
  const unmarkRight = markPlaces([right], right);
  expect(namesOf("find")).toEqual(["left", "right"]);
  expect(namesOf("find-current")).toEqual(["left", "right"]);
  unmarkLeft();
  expect(namesOf("find")).toEqual(["right"]);
  expect(namesOf("find-current")).toEqual(["right"]);
  unmarkRight();
  expect(namesOf("find")).toEqual([]);
});

it("shows the place that is looked at above the others", () => {
  const range = document.createRange();
  markPlaces([range], range);
  expect(highlights.get("find-current")?.priority).toBeGreaterThan(highlights.get("find")?.priority ?? 0);
});
