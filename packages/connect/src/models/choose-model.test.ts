import { describe, expect, it } from "vitest";
import { modelList, sampleModels } from "../../testing/sample-models.js";
import { fittingModels, type ModelNeed } from "./choose-model.js";
import { decodeConnectModels } from "./decode-connect-models.js";

const need: ModelNeed = {
  wires: ["anthropic-messages"],
  needsTools: false,
  minContextTokens: 0,
  prefers: "able",
  names: [],
};
const ids = (more: Partial<ModelNeed>) => fittingModels(sampleModels, { ...need, ...more }).map(({ id }) => id);

describe("fittingModels", () => {
  it("puts what speaks the client's own wire first, then a fitting name, then the catalogue's order", () => {
    expect(ids({ names: [/opus/, /^gpt-5/] })).toEqual([
      "claude-opus-4.7",
      "claude-haiku-4.5",
      "claude-sonnet-4.6",
      "gpt-5-mini",
      "gpt-5.3-codex",
      "gpt-3.5-turbo",
      "talker",
    ]);
  });

  it("puts what costs least first where it should be cheap, and what is not priced last", () => {
    const unpriced = { ...sampleModels[0], id: "new", cost: null } as (typeof sampleModels)[number];
    const found = fittingModels([unpriced, ...sampleModels], { ...need, prefers: "cheap", names: [/mini/] });
    expect(found.map(({ id }) => id)).toEqual([
      "gpt-5-mini",
      "gpt-3.5-turbo",
      "talker",
      "claude-haiku-4.5",
      "claude-sonnet-4.6",
      "gpt-5.3-codex",
      "claude-opus-4.7",
      "new",
    ]);
  });

  it("leaves out what calls no tools, or holds too little, where that is needed", () => {
    expect(ids({ needsTools: true })).not.toContain("talker");
    expect(ids({ minContextTokens: 100_000 })).not.toContain("gpt-3.5-turbo");
  });
});

describe("decodeConnectModels", () => {
  it("reads the list that clients get, and the one that the console gets", () => {
    expect(decodeConnectModels({ models: modelList.data })).toEqual(sampleModels);
    expect(sampleModels.map(({ id }) => id)).not.toContain("text-embedding-3-small");
    expect(sampleModels[1]).toEqual({
      id: "claude-haiku-4.5",
      name: "CLAUDE-HAIKU-4.5",
      wires: ["openai-chat", "anthropic-messages"],
      callsTools: true,
      seesImages: true,
      cost: { multiplier: 0.33, outputCredits: 0 },
      contextTokens: 200_000,
      outputTokens: 32_000,
    });
  });

  it("takes a model that tells no more than its id as one that speaks Chat", () => {
    expect(decodeConnectModels({ data: [{ id: "m" }, { name: "no id" }, 7] })).toEqual([
      expect.objectContaining({ id: "m", name: "m", wires: ["openai-chat"], cost: null, contextTokens: null }),
    ]);
  });

  it.each([[null], ["text"], [{}], [{ data: "x" }]])("finds nothing in %j", (body) => {
    expect(decodeConnectModels(body)).toEqual([]);
  });
});
