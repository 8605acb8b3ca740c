import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { mapCatalogue } from "./map-catalogue.js";

const sonnet: JsonObject = {
  billing: { is_premium: true, multiplier: 1, restricted_to: ["pro"] },
  capabilities: {
    family: "claude-sonnet-4.6",
    limits: { max_context_window_tokens: 200000, max_output_tokens: 32000, max_prompt_tokens: 168000 },
    supports: {
      adaptive_thinking: true,
      max_thinking_budget: 32000,
      min_thinking_budget: 1024,
      parallel_tool_calls: true,
      reasoning_effort: ["low", "medium", "high"],
      streaming: true,
      structured_outputs: true,
      tool_calls: true,
      vision: true,
    },
    tokenizer: "o200k_base",
    type: "chat",
  },
  id: "claude-sonnet-4.6",
  name: "Claude Sonnet 4.6",
  policy: { state: "enabled", terms: "" },
  preview: false,
  supported_endpoints: ["/chat/completions", "/v1/messages"],
  vendor: "Anthropic",
  version: "claude-sonnet-4.6",
};

const map = (...data: readonly (JsonObject | string)[]) => mapCatalogue({ object: "list", data }, null);
const wiresOf = (supported_endpoints: string[]) => map({ ...sonnet, supported_endpoints })?.[0]?.wires;
const pricesOf = (token_prices: JsonObject) => map({ ...sonnet, billing: { token_prices } })?.[0]?.billing;

describe("a catalogue item", () => {
  it("becomes a model with everything the service says of it", () => {
    expect(map(sonnet)).toEqual([
      {
        id: "claude-sonnet-4.6",
        name: "Claude Sonnet 4.6",
        vendor: "Anthropic",
        family: "claude-sonnet-4.6",
        version: "claude-sonnet-4.6",
        preview: false,
        kind: "chat",
        wires: ["anthropic-messages", "openai-chat"],
        supportedEndpoints: ["/chat/completions", "/v1/messages"],
        contextWindowTokens: 200000,
        maxPromptTokens: 168000,
        maxOutputTokens: 32000,
        maxInputs: null,
        tokenizer: "o200k_base",
        supports: {
          streaming: true,
          toolCalls: true,
          parallelToolCalls: true,
          vision: true,
          structuredOutputs: true,
          adaptiveThinking: true,
          reasoningEfforts: ["low", "medium", "high"],
          minThinkingBudgetTokens: 1024,
          maxThinkingBudgetTokens: 32000,
        },
        billing: { isPremium: true, multiplier: 1, tokenPrices: null },
        enabled: true,
        raw: sonnet,
      },
    ]);
  });

  it("may be as small as the SDK accepts it", () => {
    const limits = { max_context_window_tokens: 128000 };
    expect(map({ id: "tiny", name: "Tiny", capabilities: { supports: { vision: true }, limits } })).toMatchObject([
      { id: "tiny", kind: "chat", wires: ["openai-chat"], contextWindowTokens: 128000, enabled: true },
    ]);
  });

  it("names its wires in the runtime's own order of preference", () => {
    expect(wiresOf(["/chat/completions", "/responses", "ws:/responses", "/v1/messages"])).toEqual([
      "anthropic-messages",
      "openai-responses",
      "openai-chat",
    ]);
    expect(wiresOf(["/responses", "ws:/responses"])).toEqual(["openai-responses"]);
    expect(wiresOf([])).toEqual(["openai-chat"]);
    expect(wiresOf(["/something/new"])).toEqual([]);
  });

  it("of another type has no conversation wires", () => {
    const ofType = (type: string) => map({ id: "m", capabilities: { type } })?.[0];
    expect(ofType("embeddings")).toMatchObject({ kind: "embeddings", wires: [], maxInputs: null });
    const limits = { max_inputs: 512 };
    expect(map({ id: "m", capabilities: { type: "embeddings", limits } })?.[0]).toMatchObject({ maxInputs: 512 });
    expect(ofType("completion")).toMatchObject({ kind: "other", wires: [] });
  });

  it("is disabled by a policy that says so, not by one that nobody set", () => {
    const enabledWith = (state: string) => map({ ...sonnet, policy: { state } })?.[0]?.enabled;
    expect([enabledWith("disabled"), enabledWith("unconfigured"), enabledWith("enabled")]).toEqual([false, true, true]);
  });

  it("counts once, however often it is listed; items that are none are left out", () => {
    const models = map(sonnet, "junk", { name: "nameless" }, { ...sonnet, name: "again" }, { id: "other" });
    expect(models?.map(({ id, name }) => [id, name])).toEqual([
      ["claude-sonnet-4.6", "Claude Sonnet 4.6"],
      ["other", "other"],
    ]);
  });
});

describe("token prices", () => {
  it("in credits per batch become nano-AIU per token, with the tier for long prompts", () => {
    const billing = pricesOf({
      batch_size: 1_000_000,
      default: {
        cache_price: 100,
        cache_write_price: 1250,
        context_max: 200000,
        input_price: 1000,
        output_price: 5000,
      },
      long_context: {
        cache_price: 200,
        cache_write_price: 2500,
        context_max: 936000,
        input_price: 2000,
        output_price: 7500,
      },
    });
    expect(billing).toEqual({
      isPremium: true,
      multiplier: null,
      tokenPrices: {
        inputNanoAiu: 1_000_000,
        outputNanoAiu: 5_000_000,
        cacheReadNanoAiu: 100_000,
        cacheWriteNanoAiu: 1_250_000,
        longContext: {
          inputNanoAiu: 2_000_000,
          outputNanoAiu: 7_500_000,
          cacheReadNanoAiu: 200_000,
          cacheWriteNanoAiu: 2_500_000,
          aboveInputTokens: 200000,
        },
      },
    });
  });

  it("in the older flat form are nano-AIU per batch", () => {
    const prices = { batch_size: 1_000_000, input_price: 500_000_000_000, output_price: 1_500_000_000_000 };
    expect(pricesOf({ ...prices, cache_price: 50_000_000_000 })?.tokenPrices).toEqual({
      inputNanoAiu: 500_000,
      outputNanoAiu: 1_500_000,
      cacheReadNanoAiu: 50_000,
      cacheWriteNanoAiu: 500_000,
      longContext: null,
    });
  });

  it("of what is read from the cache go by either of its names", () => {
    const list = { input_price: 1000, output_price: 5000, cache_read_price: 100 };
    expect(pricesOf({ default: list })?.tokenPrices?.cacheReadNanoAiu).toBe(100_000);
    expect(pricesOf({ default: { ...list, cache_price: 900 } })?.tokenPrices?.cacheReadNanoAiu).toBe(100_000);
    const long_context = { ...list, cache_read_price: 200 };
    expect(pricesOf({ default: { ...list, context_max: 9 }, long_context })?.tokenPrices?.longContext).toMatchObject({
      cacheReadNanoAiu: 200_000,
    });
    const flat = { batch_size: 1_000_000, input_price: 5e11, output_price: 15e11, cache_read_price: 5e10 };
    expect(pricesOf(flat)?.tokenPrices?.cacheReadNanoAiu).toBe(50_000);
  });

  it("of zero make a model free", () => {
    const billing = pricesOf({ default: { input_price: 0, output_price: 0 } });
    expect(billing).toMatchObject({ isPremium: false, tokenPrices: { inputNanoAiu: 0, cacheReadNanoAiu: 0 } });
  });

  it("that are incomplete are none", () => {
    expect(pricesOf({ default: { input_price: 5 } })?.tokenPrices).toBeNull();
  });
});

it.each([undefined, null, [], {}, { data: {} }, "text"])("%j is no catalogue", (body) => {
  expect(mapCatalogue(body, null)).toBeNull();
});

it.each([
  ["individual", true],
  ["individual_pro", false],
  ["free", false],
  ["business", false],
  ["a plan of tomorrow", true],
  [null, true],
])("what is restricted to Pro is there for the plan %s: %s", (plan, isThere) => {
  expect(mapCatalogue({ data: [sonnet] }, plan)).toHaveLength(isThere ? 1 : 0);
});

it.each([{ billing: {} }, { billing: { restricted_to: [] } }, { billing: { restricted_to: "pro" } }])(
  "%j restricts a model to nobody",
  (changes) => {
    expect(mapCatalogue({ data: [{ ...sonnet, ...changes }] }, "free")).toHaveLength(1);
  },
);
