import type { JsonValue } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "../testing/property-runs.js";
import { holdsLongNumber, readJson, readObjectOrNull, roundExact, writeJson } from "./exact-json.js";

const compact = (text: string) => writeJson(readJson(text));

describe("readJson and writeJson", () => {
  it.each([
    '{"id":2512292042121000001}',
    "[-9007199254740993,9223372036854775807,18446744073709551615]",
    '{"a":[{"b":0.1234567890123456789}],"c":"2512292042121000001 \\" \\\\","d":null,"e":true,"f":false}',
    '{"\\u005f\\u005fproto__":{"id":2512292042121000001},"":{}}'.replaceAll("\\u005f", "_"),
    "12345678901234567890",
    "[]",
  ])("give %s back digit for digit", (text) => {
    expect(compact(text)).toBe(text);
  });

  it("keep a number that is read as it is written a number", () => {
    const text = "[0.30000000000000004,9007199254740992,1.0,100000000000000000000,1e2,-0.10,123456789012345678e-3]";
    expect((readJson(text) as JsonValue[]).slice(0, 6)).toEqual([
      0.30000000000000004, 9007199254740992, 1, 100000000000000000000, 100, -0.1,
    ]);
    expect(compact(text)).toContain("123456789012345678e-3");
  });

  it("round where a number is all that is wanted", () => {
    const [big] = readJson("[2512292042121000001]") as JsonValue[];
    expect(typeof big).not.toBe("number");
    expect(roundExact(big)).toBe(Number("2512292042121000001"));
    expect(roundExact("x")).toBe("x");
  });

  it("read what JSON.parse reads, for any text, wherever a long number stands in it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, spread) => {
        const text = JSON.stringify({ value, id: 1 }, null, spread ? 2 : 0).replace(/1\s*\}$/, "2512292042121000001}");
        expect(JSON.parse(compact(text))).toEqual(JSON.parse(text));
        expect(compact(text)).toContain("2512292042121000001");
      }),
      propertyRuns(300),
    );
  });

  it("leave out what is undefined, as JSON does", () => {
    const [big] = readJson("[2512292042121000001]") as JsonValue[];
    expect(writeJson({ a: undefined, b: big })).toBe('{"b":2512292042121000001}');
  });
});

describe("readObjectOrNull", () => {
  it("is null for what is no object, no JSON, or nested too deeply to be walked", () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    for (const text of ["", "[1]", "2512292042121000001", "{", deep]) {
      expect(readObjectOrNull(text)).toBeNull();
    }
  });
});

describe("holdsLongNumber", () => {
  it("finds a run of sixteen digits wherever it stands", () => {
    for (let before = 0; before < 40; before += 1) {
      expect(holdsLongNumber(`${"x".repeat(before)}1234567890123456y`)).toBe(true);
      expect(holdsLongNumber(`${"x".repeat(before)}123456789012345y${"x".repeat(20)}`)).toBe(false);
    }
  });
});
