import { describe, expect, it } from "vitest";
import { defaultCatalogue } from "../catalogue/default-catalogue.js";
import type { JsonObject } from "../json-value.js";
import { refusalOf } from "./refusal-of.js";

const modelOf = (id: string) => {
  const model = defaultCatalogue.find((candidate) => candidate.id === id);
  if (model === undefined) throw new Error(`the catalogue lacks ${id}`);
  return model;
};
const messages = [{ role: "user", content: "x" }];

describe("refusalOf", () => {
  it.each<[endpoint: Parameters<typeof refusalOf>[0], model: string, body: JsonObject, rule: string | undefined]>([
    ["/v1/messages", "claude-sonnet-4.6", { max_tokens: 9, messages }, undefined],
    ["/v1/messages", "claude-sonnet-4.6", { max_tokens: 9, messages, stop_sequences: ["\n"] }, "blank-stop-sequence"],
    ["/chat/completions", "gpt-5-mini", { messages, temperature: 0 }, "sampling-unsupported"],
    ["/chat/completions", "gpt-4.1", { messages, temperature: 0 }, undefined],
    ["/responses", "gpt-5.4", { input: "x", max_output_tokens: 1 }, "max-output-tokens-too-small"],
    ["/embeddings", "text-embedding-3-small", { input: "x" }, "embeddings-input"],
  ])("%s, %s: %j is refused by %s", (endpoint, model, body, rule) => {
    expect(refusalOf(endpoint, { model, ...body }, modelOf(model))?.rule).toBe(rule);
  });

  it("takes every id and every seal for one that was issued to who asks", () => {
    const thought = { type: "thinking", thinking: "t", signature: "any" };
    const body = { max_tokens: 9, messages: [...messages, { role: "assistant", content: [thought] }, ...messages] };
    expect(refusalOf("/v1/messages", body, modelOf("claude-sonnet-4.6"))).toBeUndefined();
  });
});
