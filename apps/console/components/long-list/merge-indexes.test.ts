import { expect, it } from "vitest";
import { mergeIndexes } from "./merge-indexes";

it("adds what has to be there to what is in sight, in order and each once", () => {
  expect(mergeIndexes([10, 11, 12], [[3, 3], null, [12, 14]], 100)).toEqual([3, 10, 11, 12, 13, 14]);
});

it("stays within the list", () => {
  expect(
    mergeIndexes(
      [0],
      [
        [-1, -1],
        [98, Number.POSITIVE_INFINITY],
      ],
      100,
    ),
  ).toEqual([0, 98, 99]);
});
