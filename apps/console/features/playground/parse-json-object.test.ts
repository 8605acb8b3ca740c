import { expect, it } from "vitest";
import { parseJsonObject } from "./parse-json-object";

it("reads objects and nothing else", () => {
  expect(parseJsonObject(" ")).toEqual({ value: null, problem: null });
  expect(parseJsonObject('{"a":1}')).toEqual({ value: { a: 1 }, problem: null });
  expect(parseJsonObject("[1]").problem).not.toBeNull();
});

it("says in which line it fails", () => {
  expect(parseJsonObject('{\n"a": 1,\n}').problem?.line).toBe(3);
});
