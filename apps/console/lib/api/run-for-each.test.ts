import { expect, it } from "vitest";
import { runForEach } from "./run-for-each";

it("does all of it though some of it fails, and tells the first failure", async () => {
  const seen: number[] = [];
  const outcome = await runForEach([1, 2, 3, 4, 5, 6, 7], async (item) => {
    seen.push(item);
    if (item % 3 === 0) throw new Error(`not ${item}`);
  });
  expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(outcome).toMatchObject({ done: 5, failed: 2, error: { message: "not 3" } });
});
