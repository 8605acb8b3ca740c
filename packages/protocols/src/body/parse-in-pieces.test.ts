import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInPieces } from "./parse-in-pieces.js";

const mostBytes = 240;

/** With the number of pieces that were read. */
function parse(text: string): { readonly value: unknown; readonly pieces: number } {
  let pieces = 0;
  const value = parseInPieces(Buffer.from(text), mostBytes, (bytes) => {
    pieces += 1;
    return Buffer.from(bytes).toString();
  });
  return { value, pieces };
}

const message = { role: "user", content: 'a "quoted" word, and },{ besides' };
const messages = Array.from({ length: 24 }, (_, index) => ({ ...message, index }));
const tools = Array.from({ length: 2 }, (_, index) => ({ name: `tool ${index}`, parameters: { type: "object" } }));

describe("a body that is read in pieces", () => {
  it.each([
    ["compact, its messages first", JSON.stringify({ model: "m", messages, tools, stream: true })],
    ["compact, its messages last", JSON.stringify({ model: "m", stream: true, tools, messages })],
    ["written by Python", JSON.stringify({ messages, tools }).replaceAll("},{", "}, {")],
    ["with a key that comes twice", `{"messages":${JSON.stringify(messages)},"n":1,"messages":[1],"n":2}`],
    [
      "with a key that comes twice, and an array that comes later",
      `{"tools":[],"messages":${JSON.stringify(messages)},"tools":${JSON.stringify(tools)}}`,
    ],
    ["with keys that are numbers", `{"messages":${JSON.stringify(messages)},"7":1,"3":2}`],
  ])("%s is what it is as a whole", (_name, text) => {
    const { value, pieces } = parse(text);
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
    expect(pieces).toBeGreaterThan(3);
  });

  it.each([
    ["one long string", JSON.stringify({ text: "x".repeat(1_000) })],
    ["arrays in arrays", JSON.stringify({ rows: [messages, messages] })],
    ["objects further down", JSON.stringify({ deep: { messages } })],
    ["many objects that are no messages", JSON.stringify({ tools: Array(9).fill(tools).flat(), messages })],
    ["an array at the top", JSON.stringify(messages)],
    ["a seam within a string", JSON.stringify({ text: `${"x".repeat(180)}},{`, more: "y".repeat(180) })],
    ["the name of what objects are made of", `{"messages":${JSON.stringify(messages)},"__proto__":{"a":1}}`],
    ["what stands for no text", `{"messages":${JSON.stringify(messages)},"${"\\u0000".repeat(8)}":[]}`],
    ["a piece too many", `${JSON.stringify({ messages })},{"a":1}`],
    ["JSON that breaks off", JSON.stringify({ messages }).slice(0, -2)],
    ["JSON that breaks in the middle", JSON.stringify({ messages }).replace('"index":5', '"index":')],
  ])("is none with %s", (_name, text) => {
    expect(parse(text).value).toBeNull();
  });

  it("is exactly the whole, or left to who reads the whole", () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constantFrom("},{", '},{"role"', "\\", "\0\0", "]}", null, true),
    );
    const more = fc.dictionary(fc.constantFrom("a", "b", "__proto__", "1", "\0"), leaf, { maxKeys: 2 });
    const object = fc.tuple(leaf, more).map(([role, others]) => ({ role, ...others }));
    const list = { weight: 6, arbitrary: fc.array(object, { minLength: 8, maxLength: 30, size: "max" }) };
    const member = fc.oneof(list, leaf, object, fc.array(object), fc.array(fc.array(object)));
    let cut = 0;
    const members = fc.array(fc.tuple(fc.constantFrom("m", "t", "2", "x"), member), { maxLength: 6 });
    fc.assert(
      fc.property(members, fc.nat(), fc.boolean(), (all, at, isBroken) => {
        const text = `{${all.map(([name, value]) => `"${name}":${JSON.stringify(value)}`).join(",")}}`;
        const sent = isBroken ? text.slice(0, at % text.length) + text.slice((at % text.length) + 1) : text;
        const { value, pieces } = parse(sent);
        if (value !== null && pieces > 1) cut += 1;
        if (value !== null) expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(sent)));
      }),
      { numRuns: 1_000 },
    );
    expect(cut).toBeGreaterThan(50);
  });
});
