import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { peekRequest } from "../exchange/peek-request.js";
import { replaceModel } from "./replace-model.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function replace(text: string, modelId: string): string {
  const bytes = encoder.encode(text);
  return decoder.decode(replaceModel(bytes, peekRequest("openai-responses", bytes), modelId));
}

describe("replaceModel", () => {
  it("changes nothing but the value's bytes", () => {
    const body =
      '{ "input":"\\u00e9 \\"model\\": \\"x\\"", "a":{"model":"inner"},\n"model" :\t"old" ,"n":1.50,"z":[{"model":"q"}]}';
    expect(replace(body, "new-4.5")).toBe(body.replace('"old"', '"new-4.5"'));
  });

  it("gives back the same array when the id is the same", () => {
    const bytes = encoder.encode('{"model":"m","input":"x"}');
    expect(replaceModel(bytes, peekRequest("openai-responses", bytes), "m")).toBe(bytes);
  });

  it("leaves a byte order mark out", () => {
    const text = '{"model":"m","input":"x"}';
    for (const id of ["m", "new"]) {
      const bytes = encoder.encode(`\ufeff${text}`);
      const replaced = replaceModel(bytes, peekRequest("openai-responses", bytes), id);
      expect(Buffer.from(replaced).toString()).toBe(text.replace('"m"', `"${id}"`));
    }
  });

  it("replaces a value that is written with escapes", () => {
    expect(replace('{"model":"a\\"b\\\\","input":"x"}', "new")).toBe('{"model":"new","input":"x"}');
  });

  it.each([
    '{"model":"cheap","input":"x","model":"dear"}',
    '{"model":"dear","input":"x","\\u006dodel":"cheap"}',
    '{"\\u006dodel":"cheap","input":"x"}',
    '{"model":"cheap","input":"x","Model":"dear"}',
    '{"MODEL":"dear","model":"cheap","input":"x"}',
    '{"model":{"a":"dear"},"input":"x","model":"cheap"}',
    '{"model":7,"input":"x","model":"cheap"}',
  ])("writes %s anew with the one model", (body) => {
    for (const id of ["cheap", "dear", "new"]) {
      expect(JSON.parse(replace(body, id))).toEqual({ model: id, input: "x" });
      expect(replace(body, id).match(/model/gi)).toHaveLength(1);
    }
  });

  it("passes a body on with its bytes only when no reader can find a second model in it", () => {
    const keys = fc.constantFrom(
      "model",
      "\\u006dodel",
      "mode\\u006C",
      "Model",
      "\\u004dODEL",
      "a",
      "models",
      "supermodel",
    );
    const values = fc.constantFrom('"cheap"', '"dear"', '{"model":"dear"}', '"say \\"model\\""', '"caf\\u00e9"', '"é"');
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, values)), (entries) => {
        const others = entries.map(([key, value]) => `,"${key}":${value}`).join("");
        const bytes = encoder.encode(`{"model":"cheap","input":"x"${others},"model\\u0031":0}`);
        const isModel = ([key]: readonly [string, string]) => JSON.parse(`"${key}"`).toLowerCase() === "model";
        const hasSecond = entries.some(isModel);
        let peek: ReturnType<typeof peekRequest>;
        try {
          peek = peekRequest("openai-responses", bytes);
        } catch {
          expect(hasSecond).toBe(true);
          return;
        }
        expect(replaceModel(bytes, peek, peek.model) === bytes).toBe(!hasSecond);
      }),
    );
  });

  it("writes ids that need escapes", () => {
    expect(JSON.parse(replace('{"model":"m","input":"x"}', 'a"\\\u00e9'))).toEqual({ model: 'a"\\\u00e9', input: "x" });
  });

  it("answers nesting beyond what can be written anew with a typed error", () => {
    const deep = `{"model":"m","model":"n","input":"x","d":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    expect(() => replace(deep, "z")).toThrowError(expect.objectContaining({ code: "invalid_request" }));
  });

  it("leaves every other value as it is for any body", () => {
    const keys = fc.constantFrom("a", "model ", "mode", "models", 'q"', "b\\", "é");
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), fc.string(), fc.string({ minLength: 1 }), (rest, model, id) => {
        const body = { before: rest, model: `m${model}`, input: "x", ...rest };
        const text = JSON.stringify(body, null, 1);
        expect(JSON.parse(replace(text, id))).toEqual(JSON.parse(JSON.stringify({ ...body, model: id })));
      }),
    );
  });
});
