import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { fitRequest } from "../../testing/fit-request.js";

const fitted = (body: JsonObject, id = "gpt-5.4") => fitRequest("openai-responses", body, { id, vendor: "OpenAI" });

describe("tools on Responses", () => {
  it("sampling-unsupported", () => {
    expect(fitted({ input: "x", temperature: 0.2, top_p: 0.5 })).toEqual({
      body: { input: "x" },
      applied: ["sampling-unsupported"],
    });
  });

  it("descriptions-are-not-empty, namespaces-are-described, in whatever place tools stand", () => {
    const namespace = (description: string, inner: JsonObject = {}) => ({
      type: "namespace",
      name: "ns",
      description,
      tools: [{ type: "function", name: "f", ...inner }],
    });
    const item = (tool: JsonObject) => ({ input: [{ type: "additional_tools", tools: [tool] }] });
    expect(fitted({ tools: [{ type: "custom", name: "c", description: "" }] })).toEqual({
      body: { tools: [{ type: "custom", name: "c" }] },
      applied: ["descriptions-are-not-empty"],
    });
    expect(fitted(item(namespace("", { description: "" })))).toEqual({
      body: item(namespace("Tools of ns.")),
      applied: ["descriptions-are-not-empty", "namespaces-are-described"],
    });
    expect(fitted({ tools: [namespace("d")] }).applied).toEqual([]);
  });

  it("parameters-have-properties, arrays-have-items", () => {
    const tool = (parameters: JsonObject) => ({ tools: [{ type: "function", name: "f", parameters }] });
    expect(fitted(tool({ type: "object" }))).toEqual({
      body: tool({ type: "object", properties: {} }),
      applied: ["parameters-have-properties"],
    });
    const list = (items: JsonObject) => tool({ type: "object", properties: { a: { type: "array", ...items } } });
    expect(fitted(list({}))).toEqual({ body: list({ items: {} }), applied: ["arrays-have-items"] });
  });
});

describe("hosted tools on Responses", () => {
  const own = { type: "function", name: "f" };
  const hosted = [{ type: "web_search_preview" }, { type: "mcp", server_label: "m" }, { type: "file_search" }];

  it("hosted-tools-refused: with what the choice says of them, and among the items", () => {
    const applied = ["hosted-tools-refused"];
    const choices: (JsonObject | string | undefined)[][] = [
      [{ type: "mcp", server_label: "m", name: "x" }, undefined],
      [{ type: "file_search" }, undefined],
      [{ type: "allowed_tools", mode: "required", tools: hosted }, undefined],
      [
        { type: "allowed_tools", mode: "auto", tools: [...hosted, own] },
        { type: "allowed_tools", mode: "auto", tools: [own] },
      ],
      [own, own],
      ["required", "required"],
    ];
    for (const [choice, left] of choices) {
      const result = fitted({ tools: [...hosted, own], tool_choice: choice });
      expect(result).toEqual({ body: { tools: [own], ...(left === undefined ? {} : { tool_choice: left }) }, applied });
    }
    const item = (...tools: JsonObject[]) => ({ input: [{ type: "additional_tools", tools }] });
    expect(fitted(item(...hosted, own))).toEqual({ body: item(own), applied });
  });

  it("a computer is refused in words: the client would have no hands", () => {
    const tools = [own, { type: "computer_use_preview", display_width: 1 }];
    expect(() => fitted({ tools })).toThrowError(
      expect.objectContaining({
        code: "invalid_request",
        param: "tools.1",
        message: expect.stringContaining("computer_use_preview"),
      }),
    );
    const newer = { tools: [{ type: "computer" }, { type: "local_shell" }] };
    expect(fitted(newer).body).toBe(newer);
  });
});

describe("items on Responses", () => {
  it("items-are-known: what hosted tools found is told in its place, in its words", () => {
    const said = { role: "user", content: "x" };
    const told = (text: string) => ({ type: "message", role: "assistant", content: [{ type: "output_text", text }] });
    const searched = { type: "web_search_call", status: "completed", action: { type: "search", query: "q" } };
    const input = [
      said,
      { type: "mcp_list_tools", id: "l", server_label: "m", tools: [] },
      { type: "mcp_call", id: "m", server_label: "m", name: "f", arguments: "{}", output: "42" },
      searched,
      { type: "file_search_call", id: "f", queries: ["q"], results: [{ filename: "a.pdf", text: "Found." }] },
      { type: "code_interpreter_call", id: "c", code: "print(1)", outputs: [{ type: "logs", logs: "1" }] },
      { type: "image_generation_call", id: "i", result: "AAAA" },
    ];
    expect(fitted({ input })).toEqual({
      body: { input: [said, told("42"), searched, told("a.pdf\nFound."), told("print(1)\n1")] },
      applied: ["items-are-known"],
    });
    expect(fitted({ input: [said, searched] }).applied).toEqual([]);
  });

  it("items-are-known: a computer's call and its picture become a function's", () => {
    const picture = { type: "computer_screenshot", image_url: "data:image/png;base64,AAAA" };
    const input = [
      { type: "computer_call", id: "cc", call_id: "c9", action: { type: "screenshot" }, status: "completed" },
      { type: "computer_call_output", call_id: "c9", output: picture },
    ];
    expect(fitted({ input }).body.input).toEqual([
      { type: "function_call", call_id: "c9", name: "computer", arguments: '{"type":"screenshot"}' },
      {
        type: "function_call_output",
        call_id: "c9",
        output: [{ type: "input_image", image_url: picture.image_url }],
      },
    ]);
  });

  const call = (id: string, name: string) => ({ type: "function_call", call_id: id, name, arguments: "{}" });
  const output = (more: JsonObject) => ({ type: "function_call_output", output: "1", ...more });

  it("outputs-name-their-calls: by the name, else the call that is open for the longest time", () => {
    const input = [
      call("a", "read"),
      call("b", "write"),
      call("c", "list"),
      output({ name: "write" }),
      output({ call_id: "c" }),
      output({ name: "unheard-of" }),
    ];
    expect(fitted({ input })).toEqual({
      body: {
        input: [
          ...input.slice(0, 3),
          output({ name: "write", call_id: "b" }),
          input[4],
          output({ name: "unheard-of", call_id: "a" }),
        ],
      },
      applied: ["outputs-name-their-calls"],
    });
    const orphan = { input: [output({})] };
    expect(fitted(orphan).body).toBe(orphan);
  });

  it("item-ids-rotate: a local shell's output keeps the id by which it names its call", () => {
    const shell = { type: "local_shell_call_output", id: "call_1", output: "x" };
    expect(fitted({ input: [shell] }).body).toEqual({ input: [shell] });
  });

  it("files-have-names: also in the output of a tool", () => {
    const file = (more: JsonObject) => ({ type: "input_file", file_data: "data:text/csv;base64,AAAA", ...more });
    const body = (more: JsonObject) => ({
      input: [
        { role: "user", content: [file(more)] },
        { type: "function_call_output", call_id: "a", output: [file(more)] },
      ],
    });
    expect(fitted(body({}))).toEqual({ body: body({ filename: "file.csv" }), applied: ["files-have-names"] });
    expect(fitted(body({ filename: "x.csv" })).applied).toEqual([]);
  });
});
