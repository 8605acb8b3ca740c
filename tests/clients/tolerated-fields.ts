import { weatherSchema } from "./model-kinds.ts";

type Body = Readonly<Record<string, unknown>>;

/** What a body holds beside its message, by what it is about. `messages` and `input` replace the message. */
export type ToleratedFields = Readonly<Record<string, Body>>;

const cache = { cache_control: { type: "ephemeral" } };
const scoped = { cache_control: { type: "ephemeral", scope: "global", ttl: "1h" } };
const text = (words: string, more: Body = {}): Body => ({ type: "text", text: words, ...more });
const tool = (name: string, more: Body = {}): Body => ({ name, input_schema: weatherSchema, ...more });
const call = (id: string): Body => ({ type: "tool_use", id, name: "weather", input: { city: "Berlin" } });
const result = (id: string, content: unknown, more: Body = {}): Body => ({
  type: "tool_result",
  tool_use_id: id,
  content,
  ...more,
});
const user = (...content: unknown[]): Body => ({ role: "user", content });
const assistant = (...content: unknown[]): Body => ({ role: "assistant", content });
const searched = { type: "web_search_20250305", name: "web_search", max_uses: 8 };
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What Claude Code, the Anthropic SDKs and the AI SDK send to `/v1/messages`. */
export const messagesFields: ToleratedFields = {
  "an unknown field": { x_unknown: { a: [1, null] }, service_tier: "auto" },
  "thinking adaptive": { thinking: { type: "adaptive", display: "omitted" } },
  "thinking enabled": { thinking: { type: "enabled", budget_tokens: 1024, display: "summarized" }, max_tokens: 4096 },
  "thinking disabled": { thinking: { type: "disabled" } },
  output_config: { output_config: { effort: "xhigh" } },
  context_management: { context_management: { edits: [{ type: "clear_thinking_20251015", keep: "all" }] } },
  metadata: { metadata: { user_id: JSON.stringify({ device_id: "d".repeat(64), session_id: "s" }) } },
  "cache_control in more than four places": {
    system: [text("one", cache), text("two", scoped)],
    tools: [tool("weather", cache)],
    messages: [
      user(text("old", cache)),
      assistant(text("so", cache), { ...call("toolu_1"), ...cache }),
      user(result("toolu_1", [text("17 degrees", cache)], cache), text("hi", cache)),
    ],
  },
  defer_loading: { tools: [tool("weather", { defer_loading: true }), tool("ToolSearch")] },
  eager_input_streaming: { tools: [tool("weather", { eager_input_streaming: true })] },
  "extra keys of a message": { messages: [{ ...user(text("hi")), output_config: { effort: "low" }, id: "m1" }] },
  "role system inside messages": {
    messages: [user(text("hi")), { role: "system", content: "Be brief.", output_config: { effort: "low" } }],
  },
  "tool_reference in a result": {
    tools: [tool("weather")],
    messages: [
      user(text("hi")),
      assistant(call("toolu_1")),
      user(result("toolu_1", [{ type: "tool_reference", tool_name: "weather" }])),
    ],
  },
  "results in another order than the calls, with an image, an error and a note": {
    tools: [tool("weather")],
    messages: [
      user(text("hi")),
      assistant(call("toolu_1"), call("toolu_2")),
      user(
        result("toolu_2", "no such city", { is_error: true }),
        result("toolu_1", [
          text("17 degrees"),
          { type: "image", source: { type: "base64", media_type: "image/png", data: onePixel } },
        ]),
        text("<system-reminder>go on</system-reminder>"),
      ),
    ],
  },
  "a server tool and a choice that names it": {
    tools: [searched],
    tool_choice: { type: "tool", name: "web_search" },
    thinking: { type: "disabled" },
    temperature: 1,
  },
  "a server tool beside another": { tools: [searched, tool("weather")], tool_choice: { type: "auto" } },
};

const message = { type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] };

/** What Codex CLI and the AI SDK send to `/responses`. */
export const responsesFields: ToleratedFields = {
  "an unknown field": { x_unknown: { a: 1 } },
  client_metadata: { client_metadata: { "x-codex-window-id": "w" } },
  prompt_cache_key: { prompt_cache_key: "019-abc", safety_identifier: "u1", user: "u2" },
  include: { include: ["reasoning.encrypted_content"], store: false, reasoning: { summary: "auto" } },
  "reasoning for all turns": { reasoning: { effort: "high", context: "all_turns" }, text: { verbosity: "low" } },
  "ids of items": { input: [{ ...message, id: "msg_0123" }] },
  "a hosted tool": { tools: [{ type: "web_search", external_web_access: false }], tool_choice: "auto" },
  tool_search: {
    tools: [
      { type: "tool_search", execution: "client", description: "Finds tools", parameters: { type: "object" } },
      { type: "function", name: "weather", parameters: weatherSchema, strict: false },
    ],
    parallel_tool_calls: true,
  },
  "a reference to an item that nobody knows": { input: [{ type: "item_reference", id: "rs_unknown" }, message] },
  "sealed reasoning of another account": {
    input: [
      message,
      { type: "reasoning", id: "rs_1", summary: [], content: null, encrypted_content: "bm90IG91cnM=" },
      {
        type: "message",
        role: "assistant",
        id: "msg_1",
        content: [{ type: "output_text", text: "so", annotations: [] }],
      },
      message,
    ],
  },
};

/** What the OpenAI SDKs and the AI SDK send to `/chat/completions`. */
export const chatFields: ToleratedFields = {
  "an unknown field": { x_unknown: { a: 1 } },
  "fields about storing and caching": { store: false, metadata: { a: "b" }, prompt_cache_key: "k", user: "u" },
  "sampling and limits": { temperature: 0.2, top_p: 0.9, max_tokens: 2048, seed: 7, n: 1 },
  "both names of the limit": { max_completion_tokens: 2048 },
  "an assistant turn without content": {
    messages: [
      { role: "user", content: "hi" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "call_1", content: "17 degrees" },
    ],
    tools: [{ type: "function", function: { name: "weather", parameters: weatherSchema, strict: true } }],
  },
};
