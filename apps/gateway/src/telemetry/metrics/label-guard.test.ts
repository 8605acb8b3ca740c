import { expect, it } from "vitest";
import { LabelGuard } from "./label-guard.js";

it("lets the first values pass for good, and calls every later one other", () => {
  const guard = new LabelGuard(2);
  expect(["a", "b", "c", "a", "d", "b"].map((value) => guard.pass(value))).toEqual([
    "a",
    "b",
    "other",
    "a",
    "other",
    "b",
  ]);
});
