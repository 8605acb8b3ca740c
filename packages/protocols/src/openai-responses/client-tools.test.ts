import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { ToolCallPart } from "../canonical/part.js";
import { wireOf } from "../exchange/protocols.js";
import { translateResponse } from "../exchange/translate-response.js";
import { answerIds } from "../testing/answer-ids.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { streamBytes } from "../testing/stream-answer.js";
import { translateRequest } from "../testing/translate-request.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";

const model = catalogueModel();
const search = {
  type: "tool_search",
  execution: "client",
  description: "Finds tools.",
  parameters: { type: "object" },
};
const tools = [{ type: "local_shell" }, { type: "shell" }, { type: "apply_patch" }, search];
const names = tools.map(({ type }) => type);
const others = ["openai-chat", "anthropic-messages"] as const;
const translate = (wire: Wire, body: JsonObject) =>
  translateRequest("openai-responses", wire, { model: "m", input: "go", ...body }, { modelId: "m", model });
const sentTo = (wire: Wire, body: JsonObject) => JSON.parse(Buffer.from(translate(wire, body).body).toString());

function called(name: string, input: JsonObject | string): ToolCallPart {
  const text = typeof input === "string" ? input : JSON.stringify(input);
  return { type: "tool-call", callId: `c_${name}`, kind: "function", name, namespace: null, input: text, cache: null };
}

/** What a client gets for these calls: items of a whole answer, and of a stream. */
function answered(wire: Wire, content: readonly ToolCallPart[]): readonly JsonObject[][] {
  const { plan } = translate(wire, { tools });
  const answer = {
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content,
    finish: { unified: "tool-calls", raw: null, stopSequence: null },
    usage: { tokens: null, nanoAiu: null },
  } as const;
  const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
  const bytes = Buffer.from(JSON.stringify(wireOf(wire).encodeResponse(answer, context)));
  const whole = JSON.parse(Buffer.from(translateResponse(plan, bytes, answerIds()).body).toString());
  const events = readEvents(translateStream(plan, [streamBytes(answer, wire)]).bytes).map(({ data }) =>
    JSON.parse(data),
  );
  const done = events.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item);
  expect(events.at(-1).response.output).toEqual(done);
  expect(events.filter(({ type }) => type === "response.output_item.added")).toHaveLength(done.length);
  return [whole.output, done];
}

describe("tools that the client runs and OpenAI's models know by their type", () => {
  it.each(others)("go to %s as functions, and can be chosen", (wire) => {
    const sent = sentTo(wire, { tools, tool_choice: { type: "shell" } });
    const offered = sent.tools.map((tool: JsonObject) => (tool.function as JsonObject | undefined)?.name ?? tool.name);
    expect(offered).toEqual(names);
    expect(JSON.stringify(sent.tool_choice)).toContain('"name":"shell"');
    expect(JSON.stringify(sent.tools[3])).toContain("Finds tools.");
    expect(translate(wire, { tools }).warnings).toEqual([]);
  });

  it.each(others)("are called from %s in their own form, whole and in a stream", (wire) => {
    const calls = [
      called("local_shell", { command: ["ls", "-l"], timeout_ms: 5 }),
      called("shell", { commands: ["pwd"] }),
      called("apply_patch", { type: "update_file", path: "a.ts", diff: "+1" }),
      called("tool_search", { query: "mail" }),
    ];
    for (const items of answered(wire, calls)) {
      expect(items).toMatchObject([
        {
          id: "c_local_shell",
          type: "local_shell_call",
          call_id: "c_local_shell",
          status: "completed",
          action: { type: "exec", command: ["ls", "-l"], env: {}, timeout_ms: 5 },
        },
        { type: "shell_call", call_id: "c_shell", action: { commands: ["pwd"], timeout_ms: null } },
        { type: "apply_patch_call", operation: { type: "update_file", path: "a.ts", diff: "+1" } },
        { type: "tool_search_call", execution: "client", arguments: { query: "mail" } },
      ]);
      expect(new Set(items.map(({ id }) => id)).size).toBe(4);
    }
  });

  it("take one text for a command, and are not run where the call was cut", () => {
    for (const items of answered("openai-chat", [
      called("local_shell", { command: "ls" }),
      called("shell", '{"comm'),
    ])) {
      expect(items).toMatchObject([
        { type: "local_shell_call", action: { command: ["bash", "-lc", "ls"] } },
        { type: "function_call", status: "incomplete", name: "shell" },
      ]);
    }
  });

  it.each(others)("keep their names in the history that goes to %s", (wire) => {
    const call = { type: "local_shell_call", id: "ls_1", call_id: "c1", action: { type: "exec", command: ["ls"] } };
    const input = [
      { role: "user", content: "x" },
      call,
      { type: "local_shell_call_output", id: "c1", output: "total 0" },
    ];
    const sent = JSON.stringify(sentTo(wire, { tools: [{ type: "local_shell" }], input }).messages);
    expect(sent).toMatch(/"name":"local_shell".*total 0/);
  });

  it("are none of those that JavaScript's objects have by themselves", () => {
    for (const type of ["constructor", "toString", "__proto__"]) {
      expect(sentTo("openai-chat", { tools: [{ type }, { type: "apply_patch" }] }).tools).toHaveLength(1);
    }
  });

  it("are dropped where they run in a container, or search by themselves, at OpenAI", () => {
    const elsewhere = [{ type: "shell", environment: { type: "container_auto" } }, { type: "tool_search" }];
    expect(sentTo("openai-chat", { tools: elsewhere })).not.toHaveProperty("tools");
    expect(sentTo("openai-chat", { tools: [{ type: "shell", environment: { type: "local" } }] }).tools).toHaveLength(1);
  });

  it.each(["computer", "computer_use_preview"])("%s is refused in words", (type) => {
    for (const wire of others) {
      expect(() => translate(wire, { tools: [search, { type }] })).toThrowError(
        expect.objectContaining({ code: "invalid_request", param: "tools.1", message: expect.stringContaining(type) }),
      );
    }
  });
});
