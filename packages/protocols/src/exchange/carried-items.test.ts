import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../testing/catalogue-model.js";
import { translateRequest } from "../testing/translate-request.js";

const model = catalogueModel();
const others: Readonly<Record<Wire, readonly Wire[]>> = {
  "openai-chat": ["openai-responses", "anthropic-messages"],
  "openai-responses": ["openai-chat", "anthropic-messages"],
  "anthropic-messages": ["openai-chat", "openai-responses"],
};

function sent(protocol: Wire, wire: Wire, body: JsonObject): string {
  const { body: bytes } = translateRequest(protocol, wire, { model: "m", ...body }, { modelId: "m", model });
  return Buffer.from(bytes).toString();
}

/** Every other wire gets to see what the pattern says. */
function expectCarried(protocol: Wire, body: JsonObject, pattern: RegExp): void {
  for (const wire of others[protocol]) expect(sent(protocol, wire, body)).toMatch(pattern);
}

function expectRefused(protocol: Wire, body: JsonObject, param: string): void {
  for (const wire of others[protocol]) {
    expect(() => sent(protocol, wire, body)).toThrowError(
      expect.objectContaining({
        code: "invalid_request",
        param,
        message: expect.stringContaining("send text instead"),
      }),
    );
  }
}

describe("items of Responses that other wires do not have", () => {
  const input = (...items: JsonObject[]) => ({ input: [{ role: "user", content: "x" }, ...items] });

  it.each<[name: string, call: JsonObject, output: JsonObject, pattern: RegExp]>([
    [
      "local_shell_call",
      { type: "local_shell_call", id: "ls_1", call_id: "c1", action: { type: "exec", command: ["ls", "-l"] } },
      { type: "local_shell_call_output", id: "c1", output: "total 0" },
      /local_shell.*ls.*-l.*c1.*total 0/,
    ],
    [
      "shell_call",
      { type: "shell_call", call_id: "c1", action: { commands: ["pwd"] } },
      {
        type: "shell_call_output",
        call_id: "c1",
        output: [{ stdout: "/srv", stderr: "", outcome: { type: "exit", exit_code: 3 } }],
      },
      /shell.*pwd.*\/srv.*exit_code[^\d]*3/,
    ],
    [
      "apply_patch_call",
      { type: "apply_patch_call", call_id: "c1", operation: { type: "update_file", path: "a.ts", diff: "+1" } },
      { type: "apply_patch_call_output", call_id: "c1", status: "failed", output: "no such file" },
      /apply_patch.*a\.ts.*\+1.*no such file/,
    ],
    [
      "tool_search_call",
      { type: "tool_search_call", call_id: "c1", arguments: { query: "mail" } },
      { type: "tool_search_output", call_id: "c1", tools: [{ type: "function", name: "send_mail", parameters: {} }] },
      /tool_search.*mail.*send_mail/,
    ],
  ])("%s is carried as a call, and its output as the result", (_name, call, output, pattern) => {
    expectCarried("openai-responses", input(call, output), pattern);
    const claude = JSON.parse(sent("openai-responses", "anthropic-messages", input(call, output))) as JsonObject;
    expect(claude.messages).toMatchObject([
      { role: "user" },
      { role: "assistant", content: [{ type: "tool_use", id: "c1" }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "c1" }] },
    ]);
  });

  it("tools that a search found can be called", () => {
    const found = { type: "tool_search_output", call_id: "c1", tools: [{ type: "function", name: "send_mail" }] };
    const call = { type: "tool_search_call", call_id: "c1", arguments: {} };
    expectCarried("openai-responses", input(call, found), /"tools":\[.*send_mail/);
  });

  it("agent_message is said by the user, with who says it", () => {
    const item = { type: "agent_message", author: "planner", content: [{ type: "input_text", text: "Go on." }] };
    expectCarried("openai-responses", input(item), /Message from the agent planner:.*Go on\./);
  });

  it("outputs without call_id answer the call that is open", () => {
    const call = { type: "function_call", call_id: "c7", name: "f", arguments: "{}" };
    expectCarried(
      "openai-responses",
      input(call, { type: "function_call_output", name: "f", output: "done" }),
      /c7.*c7.*done/,
    );
  });

  it("what the user says between a call and its output waits for the output", () => {
    const call = { type: "function_call", call_id: "c1", name: "f", arguments: "{}" };
    const output = { type: "function_call_output", call_id: "c1", output: "done" };
    const body = input(call, { role: "user", content: "hold on" }, output);
    expectCarried("openai-responses", body, /c1.*c1.*done.*hold on/);
  });

  it("an item that nobody knows is carried by its words, else refused in words", () => {
    expectCarried(
      "openai-responses",
      input({ type: "memo", content: [{ type: "x", text: "Remember me." }] }),
      /Remember me\./,
    );
    expectCarried("openai-responses", input({ type: "mcp_call", name: "f", output: "42 found" }), /42 found/);
    expectRefused("openai-responses", input({ type: "compaction", encrypted_content: "AAAA" }), "input.1");
    expectRefused(
      "openai-responses",
      input({ role: "user", content: [{ type: "hologram", data: [1] }] }),
      "input.1.content.0",
    );
    const sealed = [{ type: "encrypted_content", encrypted_content: "AAAA" }];
    const call = { type: "function_call", call_id: "c1", name: "f", arguments: "{}" };
    expectRefused(
      "openai-responses",
      input(call, { type: "function_call_output", call_id: "c1", output: sealed }),
      "input.2.output.0",
    );
  });
});

describe("parts of Chat that other wires do not have", () => {
  it("input_text, tool_result and unknown parts with words are carried, others refused", () => {
    const calls = [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }];
    const user = (...content: JsonObject[]) => ({
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", tool_calls: calls },
        { role: "user", content },
      ],
    });
    const result = { type: "tool_result", tool_use_id: "c1", content: "done" };
    expectCarried("openai-chat", user(result, { type: "input_text", text: "and now?" }), /c1.*c1.*done.*and now\?/);
    expectCarried("openai-chat", user(result, { type: "note", text: "by the way" }), /by the way/);
    expectRefused("openai-chat", user(result, { type: "hologram", data: 1 }), "messages.2.content.1");
  });

  it("bare Anthropic tools are tools", () => {
    const body = {
      messages: [{ role: "user", content: "x" }],
      tools: [{ name: "pick", input_schema: { type: "object", properties: { city: { type: "string" } } } }],
    };
    expectCarried("openai-chat", body, /"name":"pick".*"city"/);
  });
});

describe("blocks of Messages that other wires do not have", () => {
  const said = (...content: JsonObject[]) => ({
    max_tokens: 9,
    messages: [
      { role: "user", content: "x" },
      { role: "assistant", content },
      { role: "user", content: "y" },
    ],
  });

  it("what a server tool found is carried by its words, the call itself is left out", () => {
    const found = [{ type: "web_search_result", title: "Rome", url: "https://e.x/rome", encrypted_content: "AAAA" }];
    const blocks = [
      { type: "server_tool_use", id: "s1", name: "web_search", input: { query: "rome" } },
      { type: "web_search_tool_result", tool_use_id: "s1", content: found },
      { type: "text", text: "It is in Italy." },
    ];
    expectCarried("anthropic-messages", said(...blocks), /Rome.*https:\/\/e\.x\/rome.*Italy/);
    const failed = { type: "web_search_tool_result", tool_use_id: "s1", content: { error_code: "unavailable" } };
    expectCarried("anthropic-messages", said(failed, { type: "text", text: "Sorry." }), /Sorry/);
  });

  it("an unknown block is carried by its words, else refused in words", () => {
    expectCarried("anthropic-messages", said({ type: "compaction", content: "So far: hi." }), /So far: hi\./);
    expectRefused("anthropic-messages", said({ type: "hologram", data: [1] }), "messages.1.content.0");
    const upload = { messages: [{ role: "user", content: [{ type: "container_upload", file_id: "file_1" }] }] };
    expectRefused("anthropic-messages", { max_tokens: 9, ...upload }, "messages.0.content.0");
  });
});
