import { expect, it, vi } from "vitest";
import { findInRows } from "./find-in-rows";

const find = (text: string, more: Partial<Parameters<typeof findInRows>[0]> = {}) =>
  findInRows({
    count: 60,
    readRow: (index) => [`Row ${index}`, "a hippo, a HIPPO"],
    text,
    rest: () => null,
    signal: new AbortController().signal,
    ...more,
  });

it("finds a text in every row, in any case, place by place", async () => {
  const found = await find("Hippo");
  expect(found).toHaveLength(120);
  expect(found.slice(0, 3)).toEqual([
    { row: 0, at: 0 },
    { row: 0, at: 1 },
    { row: 1, at: 0 },
  ]);
  expect(await find("row 42")).toEqual([{ row: 42, at: 0 }]);
  expect(await find("")).toEqual([]);
});

it("does not find across the paragraphs of a row", async () => {
  expect(await find("0a hippo")).toEqual([]);
});

it("rests where it is told to, and stops when it is no longer wanted", async () => {
  const controller = new AbortController();
  const readRow = vi.fn(() => ["row"]);
  let asked = 0;
  const rest = () => {
    asked += 1;
    return asked === 5 ? Promise.resolve().then(() => controller.abort()) : null;
  };
  expect(await find("row", { readRow, rest, signal: controller.signal })).toHaveLength(4);
  expect(readRow).toHaveBeenCalledTimes(4);
});
