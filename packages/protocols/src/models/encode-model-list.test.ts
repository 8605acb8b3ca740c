import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../testing/catalogue-model.js";
import {
  encodeAnthropicModel,
  encodeAnthropicModelList,
  encodeOpenaiModel,
  encodeOpenaiModelList,
} from "./encode-model-list.js";

const models = ["a", "b", "c", "d", "e"].map((id) => catalogueModel({ id, name: `Model ${id}` }));
const firstPage = { limit: 2, afterId: null, beforeId: null };

describe("OpenAI's model list", () => {
  it("is read by the official SDK, with billing, limits and capabilities", async () => {
    const fetch = async () => Response.json(encodeOpenaiModelList(models));
    const listed = await new OpenAI({ apiKey: "k", fetch }).models.list();
    expect(listed.data.map(({ id, object }) => [id, object])).toEqual(models.map(({ id }) => [id, "model"]));
    expect(encodeOpenaiModel(catalogueModel({ id: "a" }))).toMatchObject({
      owned_by: "Anthropic",
      billing_multiplier: 1,
      is_premium: true,
      token_prices: {
        unit: "ai_credits_per_million_tokens",
        input: 300,
        output: 1500,
        cache_read: 30,
        cache_write: 375,
        long_context: null,
      },
      context_window: 200000,
      max_output_tokens: 32000,
      capabilities: { family: "claude-sonnet-4.5", vision: true, tool_calls: true, reasoning_efforts: ["low", "high"] },
      supported_endpoints: ["/chat/completions", "/v1/messages"],
    });
  });

  it("gives the second price tier and null for no prices", () => {
    const tier = { inputNanoAiu: 1000, outputNanoAiu: 2000, cacheReadNanoAiu: 0, cacheWriteNanoAiu: 0 };
    const tokenPrices = { ...tier, longContext: { ...tier, aboveInputTokens: 9 } };
    const billing = { isPremium: true, multiplier: null, tokenPrices };
    expect(encodeOpenaiModel(catalogueModel({ billing }))).toMatchObject({
      billing_multiplier: null,
      token_prices: { input: 1, long_context: { above_input_tokens: 9, output: 2 } },
    });
    expect(encodeOpenaiModel(catalogueModel({ billing: { ...billing, tokenPrices: null } }))).toMatchObject({
      token_prices: null,
    });
  });
});

describe("Anthropic's model list", () => {
  it("is paged through by the official SDK", async () => {
    const fetch = async (url: string | URL | Request) => {
      const query = new URL(String(url)).searchParams;
      const page = { limit: 2, afterId: query.get("after_id"), beforeId: query.get("before_id") };
      return Response.json(encodeAnthropicModelList(models, page));
    };
    const ids: string[] = [];
    for await (const model of new Anthropic({ apiKey: "k", fetch }).models.list()) ids.push(model.id);
    expect(ids).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("has type, id, display_name and created_at, and ends of the page", () => {
    expect(encodeAnthropicModel(catalogueModel({ id: "a", name: "A" }))).toMatchObject({
      type: "model",
      id: "a",
      display_name: "A",
      created_at: "1970-01-01T00:00:00Z",
    });
    expect(encodeAnthropicModelList(models, firstPage)).toMatchObject({ first_id: "a", last_id: "b", has_more: true });
    expect(encodeAnthropicModelList(models, { ...firstPage, afterId: "c" })).toMatchObject({
      first_id: "d",
      last_id: "e",
      has_more: false,
    });
    expect(encodeAnthropicModelList(models, { ...firstPage, beforeId: "d" })).toMatchObject({
      first_id: "b",
      last_id: "c",
      has_more: true,
    });
    expect(encodeAnthropicModelList([], firstPage)).toEqual({
      data: [],
      has_more: false,
      first_id: null,
      last_id: null,
    });
  });
});
