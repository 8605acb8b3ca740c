import { expect, test } from "vitest";
import { LatestMap } from "./latest-map.js";

test("forgets what was set longest ago", () => {
  const map = new LatestMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("a", 3);
  map.set("c", 4);
  expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([3, undefined, 4]);
});

test("goes on forgetting in that order, whatever was set again meanwhile", () => {
  const map = new LatestMap<number, number>(100);
  for (let turn = 0; turn < 10_000; turn += 1) {
    map.set(turn, turn);
    if (turn % 3 === 0) map.set(turn - 50, turn);
  }
  const kept = Array.from({ length: 10_000 }, (_, key) => key).filter((key) => map.get(key) !== undefined);
  expect(kept).toHaveLength(100);
  expect(kept.at(-1)).toBe(9_999);
  expect(kept[0]).toBeGreaterThan(9_800);
});
