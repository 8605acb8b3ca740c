import { expect, it } from "vitest";
import { isJsonObject, parseJson, parseJsonObject } from "./json.js";

it("tells JSON's null from text that is no JSON", () => {
  expect([parseJson("null"), parseJson("[1]"), parseJson("{"), parseJson("")]).toEqual([
    null,
    [1],
    undefined,
    undefined,
  ]);
});

it("takes objects only where an object is asked for", () => {
  expect(parseJsonObject('{"a":1}')).toEqual({ a: 1 });
  expect(['"a"', "[]", "null", "{", ""].map(parseJsonObject)).toEqual([null, null, null, null, null]);
  expect([isJsonObject({}), isJsonObject([]), isJsonObject(null), isJsonObject("")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
