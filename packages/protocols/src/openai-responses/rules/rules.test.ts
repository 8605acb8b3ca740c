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

describe("items on Responses", () => {
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
