import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

type Body = Readonly<Record<string, unknown>>;

/** One of every kind: Claude by Messages, old and new; GPT by Chat and by Responses; Gemini. */
const models = ["claude-sonnet-4.6", "claude-opus-4.7", "gpt-4.1", "gpt-5.3-codex", "gpt-5.4", "gemini-2.5-pro"];
const paths = {
  chat: "/openai/v1/chat/completions",
  responses: "/openai/v1/responses",
  messages: "/anthropic/v1/messages",
} as const;

let serving: Serving;
beforeAll(async () => {
  serving = await startServing({ account: { entitlement: 1_000_000 } });
});
afterAll(() => serving.stop());

const user = (content: unknown) => ({ role: "user", content });
const chat = (more: Body) => ["chat", { messages: [user("hello")], ...more }] as const;
const responses = (more: Body) => ["responses", { input: "hello", ...more }] as const;
const messages = (more: Body) => ["messages", { max_tokens: 4_000, messages: [user("hello")], ...more }] as const;
const chatTools = (parameters: unknown, more: Body = {}) => ({
  tools: [{ type: "function", function: { name: "f", parameters, ...more } }],
});
const chatCall = (id: string) => ({
  role: "assistant",
  tool_calls: [{ id, type: "function", function: { name: "f", arguments: "{}" } }],
});
const chatResult = (id: string) => ({ role: "tool", tool_call_id: id, content: "done" });
const call = (id: string) => ({ type: "function_call", call_id: id, name: "f", arguments: "{}" });
const output = (id: string) => ({ type: "function_call_output", call_id: id, output: "done" });
const object = { type: "object", properties: {} };
const offered = chatTools(object);
const responsesTool = { tools: [{ type: "function", name: "f", parameters: object }] };
const text = Buffer.from("some notes").toString("base64");

const inputs: Readonly<Record<string, readonly ["chat" | "responses" | "messages", Body]>> = {
  "temperature 0": chat({ temperature: 0 }),
  "both temperature and top_p": chat({ temperature: 0.5, top_p: 0.5 }),
  "top_p with an effort": chat({ top_p: 0.5, reasoning_effort: "high" }),
  "penalties, log probabilities and seeds": chat({
    presence_penalty: 1,
    frequency_penalty: 1,
    logprobs: true,
    seed: 1,
  }),
  "a stop that is a new line": chat({ stop: "\n" }),
  "six stops": chat({ stop: ["a1", "b1", "c1", "d1", "e1", "f1"] }),
  "stops of Messages": messages({ stop_sequences: ["\n\n", "END"] }),
  "sampling of Messages": messages({ temperature: 0.2, top_p: 0.9, top_k: 5 }),
  "one call id in two turns": chat({
    ...offered,
    messages: [
      user("a"),
      chatCall("call_0"),
      chatResult("call_0"),
      chatCall("call_0"),
      chatResult("call_0"),
      user("b"),
    ],
  }),
  "text of white space": chat({
    messages: [{ role: "system", content: " " }, user(" \n "), { role: "assistant", content: "\n" }, user("b")],
  }),
  "an answer to go on with that ends in white space": messages({
    messages: [user("a"), { role: "assistant", content: "So: " }],
  }),
  "a text file as base64": chat({
    messages: [
      user([
        { type: "file", file: { file_data: `data:text/plain;base64,${text}` } },
        { type: "text", text: "read it" },
      ]),
    ],
  }),
  "a document of text in base64": messages({
    messages: [user([{ type: "document", source: { type: "base64", media_type: "text/plain", data: text } }])],
  }),
  "a budget above the limit": messages({ max_tokens: 2_000, thinking: { type: "enabled", budget_tokens: 9_000 } }),
  "a history without its thinking": messages({
    thinking: { type: "enabled", budget_tokens: 1_024 },
    tools: [{ name: "f", input_schema: object }],
    messages: [
      user("a"),
      { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "f", input: {} }] },
      user([{ type: "tool_result", tool_use_id: "t1", content: "done" }]),
    ],
  }),
  "a tool without properties, by Chat": chat(chatTools({ type: "object" })),
  "a tool without properties, by Messages": messages({ tools: [{ name: "f", input_schema: { type: "object" } }] }),
  "a tool without properties, by Responses": responses({
    tools: [{ type: "function", name: "f", parameters: { type: "object" } }],
  }),
  "arrays without items, unions and enums": messages({
    tools: [
      {
        name: "f",
        input_schema: {
          type: "object",
          properties: {
            a: { type: "array" },
            b: { type: "array", items: { type: ["string", "null"] } },
            c: { type: "array", enum: [["x"]], items: { type: "string" } },
          },
        },
      },
    ],
  }),
  "empty descriptions": responses({
    tools: [
      { type: "function", name: "f", description: "", parameters: object },
      {
        type: "namespace",
        name: "n",
        description: "",
        tools: [{ type: "function", name: "g", description: "", parameters: object }],
      },
    ],
  }),
  "structured output with bounds": chat({
    response_format: {
      type: "json_schema",
      json_schema: {
        name: "s",
        schema: {
          type: "object",
          properties: {
            n: { type: "integer", minimum: 1 },
            l: { type: "array", maxItems: 3, items: { type: "string", minLength: 1 } },
          },
        },
      },
    },
  }),
  "a choice without tools": chat({ tool_choice: "auto", parallel_tool_calls: true }),
  "usage asked for without a stream": chat({ stream_options: { include_usage: true } }),
  "parts of Responses on Chat": chat({ messages: [user([{ type: "input_text", text: "hello" }])] }),
  "a tool result of Messages on Chat": chat({
    ...offered,
    messages: [user("a"), chatCall("c1"), user([{ type: "tool_result", tool_use_id: "c1", content: "done" }])],
  }),
  "bare Anthropic tools on Chat": chat({ tools: [{ name: "f", input_schema: object }], tool_choice: { type: "auto" } }),
  "Cursor's input on Chat": [
    "chat",
    {
      input: [user([{ type: "input_text", text: "hello" }])],
      tools: [{ type: "function", name: "f", parameters: object }],
    },
  ],
  "agents' messages and shells": responses({
    input: [
      user("a"),
      { type: "agent_message", author: "helper", content: [{ type: "input_text", text: "I am done" }] },
      { type: "local_shell_call", call_id: "c1", action: { type: "exec", command: ["ls"] } },
      { type: "local_shell_call_output", call_id: "c1", output: "a.txt" },
      { type: "shell_call", call_id: "c2", action: { commands: ["ls"] } },
      {
        type: "shell_call_output",
        call_id: "c2",
        output: [{ stdout: "a.txt", stderr: "", outcome: { type: "exit", exit_code: 0 } }],
      },
      user("b"),
    ],
  }),
  "a word of the user between a call and its output": responses({
    ...responsesTool,
    input: [user("a"), call("c1"), user("hold on"), output("c1")],
  }),
  "an output without call_id": responses({
    ...responsesTool,
    input: [user("a"), call("c1"), { type: "function_call_output", name: "f", output: "done" }],
  }),
  "ids that are too long": responses({
    ...responsesTool,
    input: [user("a"), call("c".repeat(90)), output("c".repeat(90))],
  }),
  "a small output limit": chat({ max_tokens: 1 }),
  "a file without a name": responses({
    input: [
      user([
        { type: "input_file", file_data: "data:application/pdf;base64,JVBERi0=" },
        { type: "input_text", text: "read" },
      ]),
    ],
  }),
};

describe.each(Object.entries(inputs))("%s", (_name, [api, body]) => {
  it.each(models)("is answered by %s, and the service refuses nothing", async (model) => {
    serving.simulator.requests.clear();
    const response = await serving.send(paths[api], { ...body, model });
    const answer = await response.text();
    const asked = serving.simulator.requests.all().filter(({ method, status }) => method === "POST" && status >= 400);
    const refused = asked.map(({ notes }) => notes);
    expect([response.status, answer.slice(0, 300), refused]).toEqual([200, expect.any(String), []]);
  });
});
