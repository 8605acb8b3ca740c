import { describe, expect, it } from "vitest";
import { createModel } from "../../testing/fixtures";
import { modelsOfKey } from "./models-of-key";

const models = [
  createModel({ id: "mini", tokens: [{ id: "t1", alias: "One" }] }),
  createModel({ id: "sonnet", tokens: [{ id: "t2", alias: "Two" }] }),
  createModel({ id: "embed", capabilities: { type: "embeddings" } }),
];
const idsOf = (key: Parameters<typeof modelsOfKey>[1]) => modelsOfKey(models, key).map(({ id }) => id);

describe("modelsOfKey", () => {
  it("has every conversation model where no key is chosen", () => {
    expect(idsOf(undefined)).toEqual(["mini", "sonnet"]);
  });

  it("leaves out what the key may not use and what none of its tokens has", () => {
    expect(idsOf({ allowed_models: ["sonnet", "gone"], github_token_ids: null })).toEqual(["sonnet"]);
    expect(idsOf({ allowed_models: null, github_token_ids: ["t1"] })).toEqual(["mini"]);
    expect(idsOf({ allowed_models: ["sonnet"], github_token_ids: ["t1"] })).toEqual([]);
  });
});
