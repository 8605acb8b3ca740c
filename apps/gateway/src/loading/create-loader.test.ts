import { expect, test } from "vitest";
import { createLoader } from "./create-loader.js";

test("loads once for all who ask, and again only after it failed", async () => {
  let loads = 0;
  const load = createLoader(async () => {
    loads += 1;
    if (loads === 1) throw new Error("too many open files");
    return loads;
  });
  const first = [load(), load()];
  expect((await Promise.allSettled(first)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await Promise.all([load(), load()])).toEqual([2, 2]);
  expect(await load()).toBe(2);
});
