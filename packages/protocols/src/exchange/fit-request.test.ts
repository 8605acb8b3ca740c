import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { filterBetas } from "../anthropic-messages/accepted-betas.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { fitRequest } from "../testing/fit-request.js";

const model = catalogueModel();
const chat = (body: JsonObject, id = "gpt-4o") => fitRequest("openai-chat", body, { id, vendor: "OpenAI" });
const responses = (body: JsonObject, id = "gpt-5.4") => fitRequest("openai-responses", body, { id, vendor: "OpenAI" });
const messages = (body: JsonObject, id = "claude-sonnet-4.5", changes: Partial<typeof model> = {}) =>
  fitRequest("anthropic-messages", body, { id, ...changes });
const marked = (text: string, scope?: string) => ({
  type: "text",
  text,
  cache_control: { type: "ephemeral", ...(scope === undefined ? {} : { scope }) },
});

describe("fitRequest", () => {
  it("leaves a body that needs nothing as the very same object", () => {
    const user = { role: "user", content: [{ type: "text", text: "x" }] };
    const chatBody = {
      model: "m",
      messages: [user],
      max_tokens: 5,
      tools: [{ type: "function", function: { name: "f" } }],
    };
    expect(chat(chatBody)).toEqual({ body: chatBody, applied: [] });
    expect(chat(chatBody).body).toBe(chatBody);
    const messagesBody = {
      model: "m",
      messages: [user],
      system: [marked("s")],
      tools: [{ name: "f", input_schema: { type: "object" } }],
      thinking: { type: "adaptive" },
      output_config: { effort: "low" },
    };
    expect(messages(messagesBody).body).toBe(messagesBody);
    const responsesBody = {
      model: "m",
      input: [{ role: "user", content: "x" }],
      tools: [{ type: "function", name: "f" }],
    };
    expect(responses(responsesBody).body).toBe(responsesBody);
    const embeddings = { model: "m", input: ["a"] };
    expect(fitRequest("openai-embeddings", embeddings).body).toBe(embeddings);
  });

  it.each([
    ["gpt-5.4", true],
    ["gpt-5-mini", true],
    ["o3-mini", true],
    ["gpt-4o", false],
    ["claude-opus-4.6", false],
  ])("gpt-5-takes-max-completion-tokens: %s %s", (modelId, applies) => {
    const { body } = chat({ max_tokens: 9 }, modelId);
    expect(body).toEqual(applies ? { max_completion_tokens: 9 } : { max_tokens: 9 });
  });

  it.each([
    ["minimal", "low"],
    ["xhigh", "high"],
    ["medium", "low"],
  ])("efforts-the-model-has: %s becomes %s", (effort, nearest) => {
    expect(chat({ reasoning_effort: effort }).body).toEqual({ reasoning_effort: nearest });
    expect(responses({ reasoning: { effort, summary: "auto" } }).body).toEqual({
      reasoning: { effort: nearest, summary: "auto" },
    });
  });

  it("efforts-the-model-has: what may be taken is left alone; a model that lists none gets none", () => {
    for (const effort of ["low", "none", "unheard-of", null, 5]) {
      const chatBody = { reasoning_effort: effort };
      expect(chat(chatBody).body).toBe(chatBody);
      const responsesBody = { reasoning: { effort } };
      expect(responses(responsesBody).body).toBe(responsesBody);
    }
    const silent = { id: "gpt-4o", supports: { ...model.supports, reasoningEfforts: [] } };
    for (const effort of ["xhigh", "none"]) {
      expect(fitRequest("openai-chat", { reasoning_effort: effort }, silent).body).toEqual({});
      expect(fitRequest("openai-responses", { reasoning: { effort } }, silent).body).toEqual({});
      const shown = { reasoning: { effort, summary: "auto" } };
      expect(fitRequest("openai-responses", shown, silent).body).toEqual({ reasoning: { summary: "auto" } });
    }
  });

  it("session-header-spoils-the-cache: the block that differs between sessions goes, all others stay", () => {
    const header = { type: "text", text: "x-anthropic-billing-header: cc_version=2.1.330.bbb;" };
    expect(messages({ system: [header, marked("s")] })).toEqual({
      body: { system: [marked("s")] },
      applied: ["session-header-spoils-the-cache"],
    });
    expect(messages({ system: [header] }).body).toEqual({});
  });

  it("cache-control-limits: no scope, none inside tool results, the last four of the prompt stay", () => {
    const { body, applied } = messages({
      tools: [{ name: "f", cache_control: { type: "ephemeral" } }],
      system: [marked("1", "global"), marked("2")],
      messages: [
        {
          role: "user",
          content: [
            marked("3"),
            { type: "tool_result", tool_use_id: "t", content: [marked("in")], cache_control: { type: "ephemeral" } },
          ],
        },
        { role: "user", content: [marked("4")] },
      ],
    });
    expect(applied).toEqual(["cache-control-limits"]);
    expect(body.tools).toEqual([{ name: "f" }]);
    expect(body.system).toEqual([{ type: "text", text: "1" }, marked("2")]);
    const [first, second] = body.messages as { content: JsonObject[] }[];
    expect(first?.content[0]).toEqual(marked("3"));
    expect(first?.content[1]).toMatchObject({
      content: [{ type: "text", text: "in" }],
      cache_control: { type: "ephemeral" },
    });
    expect(second?.content[0]).toEqual(marked("4"));
  });

  it("server-tools-refused: drops the tool, and a choice that names it or has no tool left", () => {
    const search = { type: "web_search_20250305", name: "web_search", max_uses: 8 };
    const choice = { tool_choice: { type: "tool", name: "web_search" } };
    expect(messages({ tools: [search], ...choice }).body).toEqual({});
    expect(messages({ tools: [search, { name: "f" }], ...choice }).body).toEqual({ tools: [{ name: "f" }] });
    const kept = { tools: [search, { name: "f" }], tool_choice: { type: "tool", name: "f" } };
    expect(messages(kept).body).toEqual({ tools: [{ name: "f" }], tool_choice: { type: "tool", name: "f" } });
    expect(messages({ tools: [{ type: "bash_20250124", name: "bash" }] }).applied).toEqual([]);
  });

  it("hosted-tools-refused: the same for Responses", () => {
    const tools = [{ type: "image_generation" }, { type: "mcp", server_url: "x" }, { type: "custom", name: "c" }];
    expect(responses({ tools, tool_choice: { type: "image_generation" } }).body).toEqual({
      tools: [{ type: "custom", name: "c" }],
    });
  });

  it("system-role-only-on-top and messages-have-role-and-content-only: instructions become the user's turn", () => {
    const { body } = messages({
      messages: [
        { role: "user", content: "x" },
        { role: "system", content: "env", output_config: { effort: "low" } },
      ],
    });
    expect(body.messages).toEqual([
      { role: "user", content: "x" },
      { role: "user", content: "<system>\nenv\n</system>" },
    ]);
  });

  it("unsupported-fields: what the service refuses is left out", () => {
    const body = {
      cache_control: {},
      inference_geo: "eu",
      fallbacks: [],
      mcp_servers: [],
      x_unknown: 1,
      tools: [{ name: "f", eager_input_streaming: true }],
    };
    expect(messages(body).body).toEqual({ tools: [{ name: "f" }] });
    expect(responses({ service_tier: "flex", input: "x" }).body).toEqual({ input: "x" });
  });

  it("prefill-refused: the model is asked to go on instead", () => {
    const body = {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: "The answer is" },
      ],
    };
    expect(messages(body, "claude-sonnet-5").body.messages).toHaveLength(3);
    expect(messages(body, "claude-sonnet-4.5").body).toBe(body);
  });

  it("thinking-as-the-model-takes-it: by budget, by effort, or not at all", () => {
    const body = {
      max_tokens: 4096,
      thinking: { type: "adaptive", display: "omitted" },
      output_config: { effort: "xhigh" },
    };
    const budgetOnly = { supports: { ...model.supports, adaptiveThinking: false } };
    expect(messages(body, "m", budgetOnly).body).toMatchObject({
      thinking: { type: "enabled", budget_tokens: 4095, display: "omitted" },
      output_config: { effort: "high" },
    });
    const plain = {
      supports: { ...model.supports, adaptiveThinking: false, maxThinkingBudgetTokens: null, reasoningEfforts: [] },
    };
    expect(messages(body, "m", plain).body).toEqual({ max_tokens: 4096 });
    expect(messages({ ...body, output_config: { effort: "low" } }).applied).toEqual([]);
  });

  it("item-ids-rotate and call-ids-are-short: ids of another connection do not go up", () => {
    const long = "c".repeat(70);
    const { body } = responses({
      input: [
        { type: "item_reference", id: "a" },
        { type: "function_call", id: "fc", call_id: long, name: "f" },
        { type: "function_call_output", id: "o", call_id: long, output: "1" },
      ],
    });
    const [call, output] = body.input as JsonObject[];
    expect(call).not.toHaveProperty("id");
    expect(String(call?.call_id).length).toBeLessThanOrEqual(64);
    expect(call?.call_id).toBe(output?.call_id);
  });

  it("embeddings-input-is-a-list-of-texts: scalars are wrapped, tokens decoded or refused", () => {
    const apply = (input: JsonObject[string], decodeTokens?: (tokens: readonly number[]) => string) =>
      fitRequest("openai-embeddings", { input }, {}, decodeTokens === undefined ? {} : { decodeTokens }).body;
    expect(apply("a")).toEqual({ input: ["a"] });
    expect(apply([1, 2], (tokens) => tokens.join("-"))).toEqual({ input: ["1-2"] });
    expect(apply([[1], [2, 3]], (tokens) => tokens.join("-"))).toEqual({ input: ["1", "2-3"] });
    expect(() => apply([1, 2])).toThrowError(expect.objectContaining({ code: "invalid_request", param: "input" }));
  });
});

describe("filterBetas", () => {
  it("keeps what the service takes", () => {
    const sent = "claude-code-20250219,interleaved-thinking-2025-05-14, effort-2025-11-24,context-1m-2025-08-07";
    expect(filterBetas(sent)).toBe("interleaved-thinking-2025-05-14,context-1m-2025-08-07");
    expect(filterBetas("effort-2025-11-24")).toBeNull();
  });
});
