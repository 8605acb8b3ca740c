import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyOf } from "../testing/fixtures.js";
import { checkModel, isModelAllowed } from "./model-rules.js";

const isAllowed = (rules: readonly string[] | null, modelId: string): boolean =>
  isModelAllowed(keyOf({ allowedModels: rules }), modelId);

describe("model rules", () => {
  it.each([
    [null, "anything", true],
    [[], "anything", false],
    [["gpt-5"], "gpt-5", true],
    [["gpt-5"], "gpt-5-mini", false],
    [["gpt-5"], "GPT-5", false],
    [["claude-*"], "claude-sonnet-4.6", true],
    [["claude-*"], "claude-", true],
    [["claude-*"], "anthropic/claude-sonnet-4.6", false],
    [["*-mini"], "gpt-5-mini", true],
    [["*-mini"], "gpt-5-mini-2", false],
    [["gpt-?.1"], "gpt-4.1", true],
    [["gpt-?.1"], "gpt-41", false],
    [["gpt-4.1"], "gpt-4x1", false],
    [["*"], "", true],
    [["a*b*c"], "aXbYbZc", true],
    [["a*b*c"], "aXcYb", false],
    [["o[13]"], "o1", false],
    [["o[13]"], "o[13]", true],
    [["gpt-4o", "claude-*"], "claude-haiku-4.5", true],
  ])("%j and %s: %s", (rules, modelId, expected) => {
    expect(isAllowed(rules, modelId)).toBe(expected);
  });

  it("match as the same pattern written as a regular expression does", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 12 });
    const rule = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(rule, text, (pattern, modelId) => {
        const source = pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
        expect(isAllowed([pattern], modelId)).toBe(new RegExp(`^${source}$`).test(modelId));
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuse a model with its name", () => {
    const refused = expect.objectContaining({ code: "permission_denied", param: "model" });
    expect(() => checkModel(keyOf({ allowedModels: ["gpt-*"] }), "claude-opus-4.6")).toThrow(refused);
    expect(() => checkModel(keyOf({ allowedModels: ["gpt-*"] }), "gpt-5")).not.toThrow();
  });
});
