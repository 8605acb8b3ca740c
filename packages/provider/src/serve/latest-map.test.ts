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
