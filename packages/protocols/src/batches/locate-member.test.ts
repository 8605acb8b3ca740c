import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "../testing/property-runs.js";
import { locateMember } from "./locate-member.js";

function textOf(json: string, name: string): string | null {
  const bytes = Buffer.from(json);
  const range = locateMember(bytes, name);
  return range === null ? null : bytes.subarray(range.offset, range.offset + range.length).toString();
}

it.each([
  ['{"a":1,"body":{"x":[1,{"y":"}"}]},"z":2}', '{"x":[1,{"y":"}"}]}'],
  ['{ "body" :\t12345678901234567890 , "z":null}', "12345678901234567890"],
  ['{"z":{"body":1}, "body": "a\\"b\\\\" }', '"a\\"b\\\\"'],
  ['{"body":1,"body":[ 2 ]}', "[ 2 ]"],
  ['{"b\\u006fdy":{ } }', "{ }"],
  ['{"käse":"ü","body":true}', "true"],
  ['{"z":"body","y":1}', null],
  ["{}", null],
])("finds the value of a member, as it is written: %s", (json, expected) => {
  expect(textOf(json, "body")).toBe(expected);
});

it("finds what JSON.parse reads, in any object", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.jsonValue(), (rest, name, value) => {
      const object = Object.fromEntries([...Object.entries(rest), [name, value]]);
      for (const indent of [0, 2]) {
        const found = textOf(JSON.stringify(object, null, indent), name);
        expect(JSON.parse(found ?? "undefined")).toEqual(JSON.parse(JSON.stringify(object))[name]);
      }
    }),
    propertyRuns(200),
  );
});
