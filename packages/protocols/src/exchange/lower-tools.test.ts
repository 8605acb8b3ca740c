import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { answerIds } from "../testing/answer-ids.js";
import { answerPlan } from "../testing/answer-plan.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { streamBytes } from "../testing/stream-answer.js";
import { translateRequest } from "../testing/translate-request.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";
import { wireOf } from "./protocols.js";
import { translateResponse } from "./translate-response.js";

const grammar = { type: "grammar", syntax: "lark", definition: "start: /.+/" };
const codexBody: JsonObject = {
  model: "m",
  input: [
    {
      type: "additional_tools",
      role: "developer",
      tools: [
        {
          type: "namespace",
          name: "clock",
          tools: [{ type: "function", name: "now", parameters: { type: "object", properties: {} } }],
        },
      ],
    },
    { type: "message", role: "user", content: [{ type: "input_text", text: "go" }] },
    { type: "custom_tool_call", call_id: "c1", name: "apply_patch", input: "*** Begin" },
    { type: "custom_tool_call_output", call_id: "c1", output: [{ type: "input_text", text: "Done" }] },
    { type: "function_call", call_id: "c2", name: "echo", namespace: "mcp__echo", arguments: '{"a":1}' },
    { type: "function_call_output", call_id: "c2", output: "1" },
  ],
  tools: [
    { type: "function", name: "exec", parameters: { type: "object", properties: {} } },
    { type: "custom", name: "apply_patch", description: "Patches.", format: grammar },
    {
      type: "namespace",
      name: "mcp__echo",
      tools: [{ type: "function", name: "echo", parameters: { type: "object", properties: {} } }],
    },
    { type: "web_search", external_web_access: false },
  ],
  tool_choice: { type: "custom", name: "apply_patch" },
};
const model = catalogueModel();
const translate = (wire: Wire) => translateRequest("openai-responses", wire, codexBody, { modelId: "m", model });
const sentTo = (wire: Wire) => JSON.parse(Buffer.from(translate(wire).body).toString());

describe("tools of Responses on the other wires (requirement: responses-tool-forms)", () => {
  it("Chat: plain functions with flat names, in tools, choice and history", () => {
    const sent = sentTo("openai-chat");
    expect(sent.tools.map((tool: { function: { name: string } }) => tool.function.name)).toEqual([
      "exec",
      "apply_patch",
      "mcp__echo__echo",
      "clock__now",
    ]);
    expect(sent.tools[1].function.parameters).toMatchObject({
      required: ["input"],
      properties: { input: { type: "string" } },
    });
    expect(sent.tools[1].function.parameters.properties.input.description).toContain("lark grammar:\nstart: /.+/");
    expect(sent.tool_choice).toEqual({ type: "function", function: { name: "apply_patch" } });
    expect(sent.messages[1].tool_calls[0].function).toEqual({
      name: "apply_patch",
      arguments: '{"input":"*** Begin"}',
    });
    expect(sent.messages[3].tool_calls[0].function).toEqual({ name: "mcp__echo__echo", arguments: '{"a":1}' });
    expect(translate("openai-chat").warnings).toContain(
      "The server tool `web_search` cannot be carried to Chat and was left out.",
    );
  });

  it("Messages: the same", () => {
    const sent = sentTo("anthropic-messages");
    expect(sent.tools.map((tool: { name: string }) => tool.name)).toEqual([
      "exec",
      "apply_patch",
      "mcp__echo__echo",
      "clock__now",
    ]);
    expect(sent.tool_choice).toEqual({ type: "tool", name: "apply_patch" });
    expect(sent.messages[1].content[0]).toMatchObject({
      type: "tool_use",
      name: "apply_patch",
      input: { input: "*** Begin" },
    });
  });

  it("Responses: custom tools and namespaces stay", () => {
    const sent = sentTo("openai-responses");
    expect(sent.tools.map((tool: JsonObject) => [tool.type, tool.name])).toEqual([
      ["function", "exec"],
      ["custom", "apply_patch"],
      ["namespace", "mcp__echo"],
      ["namespace", "clock"],
    ]);
    expect(sent.input.map((item: JsonObject) => item.type)).toEqual([
      "message",
      "custom_tool_call",
      "custom_tool_call_output",
      "function_call",
      "function_call_output",
    ]);
  });

  const called = (name: string, input: JsonObject, callId: string) =>
    ({
      type: "tool-call",
      callId,
      kind: "function",
      name,
      namespace: null,
      input: JSON.stringify(input),
      cache: null,
    }) as const;
  const answered = {
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content: [
      called("apply_patch", { input: 'line\n"two"' }, "k1"),
      called("mcp__echo__echo", { a: 2 }, "k2"),
      called("exec", {}, "k3"),
    ],
    finish: { unified: "tool-calls", raw: null, stopSequence: null },
    usage: { tokens: null, nanoAiu: null },
  } as const;
  const expectedItems = [
    { type: "custom_tool_call", call_id: "k1", name: "apply_patch", input: 'line\n"two"' },
    { type: "function_call", call_id: "k2", name: "echo", namespace: "mcp__echo", arguments: '{"a":2}' },
    { type: "function_call", call_id: "k3", name: "exec", arguments: "{}" },
  ];

  it.each<Wire>(["openai-chat", "anthropic-messages"])("calls come back from %s as the client knows them", (wire) => {
    const { plan } = translate(wire);
    const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
    const whole = Buffer.from(JSON.stringify(wireOf(wire).encodeResponse(answered, context)));
    const answer = JSON.parse(Buffer.from(translateResponse(plan, whole, answerIds()).body).toString());
    expect(answer.output).toMatchObject(expectedItems);
    expect(answer.output[2]).not.toHaveProperty("namespace");

    const events = readEvents(translateStream(plan, [streamBytes(answered, wire)]).bytes).map(({ data }) =>
      JSON.parse(data),
    );
    const items = events.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item);
    expect(items).toMatchObject(expectedItems);
    expect(events.at(-1).response.output).toEqual(items);
    const deltas = events
      .filter(({ type }) => type === "response.custom_tool_call_input.delta")
      .map(({ delta }) => delta);
    expect(deltas.join("")).toBe('line\n"two"');
  });

  it("gives text back as it is when the model wrapped it otherwise than asked", () => {
    const { plan } = translate("openai-chat");
    const wrong = { ...answered, content: [called("apply_patch", { patch: "x" }, "k1")] };
    const events = readEvents(translateStream(plan, [streamBytes(wrong, "openai-chat")]).bytes);
    expect(events.some(({ data }) => data.includes('"input":"{\\"patch\\":\\"x\\"}"'))).toBe(true);
  });

  it("mends names that no wire takes, keeps them apart, and gives the client's back", () => {
    const long = "x".repeat(100);
    const names = ["a b", "a.b", long, `${long}y`];
    const body = {
      model: "m",
      max_tokens: 9,
      messages: [{ role: "user", content: "x" }],
      tools: names.map((name) => ({ name, input_schema: { type: "object" } })),
    };
    const { body: sent, plan } = translateRequest("anthropic-messages", "openai-chat", body, { modelId: "m", model });
    const flat: string[] = JSON.parse(Buffer.from(sent).toString()).tools.map(
      (tool: { function: { name: string } }) => tool.function.name,
    );
    expect(new Set(flat).size).toBe(4);
    for (const name of flat) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    expect(flat.map((name) => plan.toolNames.get(name)?.name)).toEqual(names);
  });

  it("gives calls without an id one of their own, the same in every event", () => {
    const stream = [
      { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { name: "f", arguments: "{" } }] } }] },
      {
        choices: [
          {
            index: 0,
            delta: { tool_calls: [{ index: 0, function: { arguments: "}" } }] },
            finish_reason: "tool_calls",
          },
        ],
      },
    ].map((chunk) => Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`));
    const { text } = translateStream(answerPlan("anthropic-messages", "openai-chat"), stream);
    expect(text).toContain('"id":"call_');
    expect(text).not.toContain("missing");
    expect(text).toContain('"partial_json":"{"');
  });
});
