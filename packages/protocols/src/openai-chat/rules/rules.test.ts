import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { fitRequest } from "../../testing/fit-request.js";

const fitted = (body: JsonObject, id = "gpt-4.1", vendor = "OpenAI") => fitRequest("openai-chat", body, { id, vendor });
const tool = (definition: JsonObject) => ({ tools: [{ type: "function", function: { name: "f", ...definition } }] });

describe("parameters on Chat", () => {
  it("sampling-unsupported: models that reason take the defaults only", () => {
    const sampling = {
      temperature: 0,
      top_p: 0.5,
      presence_penalty: 1,
      frequency_penalty: 1,
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { 5: 1 },
    };
    expect(fitted({ seed: 1, ...sampling }, "gpt-5-mini")).toEqual({
      body: { seed: 1 },
      applied: ["sampling-unsupported"],
    });
    const defaults = {
      temperature: 1,
      top_p: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      logprobs: false,
      logit_bias: {},
    };
    expect(fitted(defaults, "gpt-5-mini").applied).toEqual([]);
    expect(fitted(sampling, "gpt-4.1").applied).toEqual([]);
  });

  it("stop-unsupported, at-most-four-stops: the rest is cut at here", () => {
    expect(fitted({ stop: "END" }, "o3")).toEqual({ body: {}, applied: ["stop-unsupported"] });
    expect(fitted({ stop: ["a", "b", "c", "d", "e"] })).toEqual({
      body: { stop: ["a", "b", "c", "d"] },
      applied: ["at-most-four-stops"],
    });
    expect(fitted({ stop: ["a"] }).applied).toEqual([]);
    expect(fitted({ stop: [] }, "o3").applied).toEqual([]);
  });

  it("usage-is-asked-for, stream-options-need-a-stream", () => {
    expect(fitted({ stream: true })).toEqual({
      body: { stream: true, stream_options: { include_usage: true } },
      applied: ["usage-is-asked-for"],
    });
    const options = { include_usage: false, include_obfuscation: false };
    expect(fitted({ stream: true, stream_options: options }).body).toEqual({
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
    });
    expect(fitted({ stream: true, stream_options: { include_usage: true } }).applied).toEqual([]);
    expect(fitted({ stream_options: { include_usage: true } })).toEqual({
      body: {},
      applied: ["stream-options-need-a-stream"],
    });
  });
});

describe("the answer's format on Chat", () => {
  const question = { role: "user", content: "q" };
  const claude = (format: JsonObject, ...instructions: JsonObject[]) =>
    fitted({ messages: [...instructions, question], response_format: format }, "claude-sonnet-4.6", "Anthropic");

  it("claude-is-asked-for-json: behind the instructions, in words that never change", () => {
    const asked = { role: "system", content: "Answer with a single JSON object and nothing else." };
    const instruction = { role: "developer", content: "Be kind." };
    expect(claude({ type: "json_object" }, instruction)).toEqual({
      body: { messages: [instruction, asked, question] },
      applied: ["claude-is-asked-for-json"],
    });
    const schema = { type: "object", properties: { n: { type: "integer" } } };
    expect(claude({ type: "json_schema", json_schema: { name: "a", schema } }).body).toEqual({
      messages: [
        { role: "system", content: `${asked.content} It must match this JSON schema:\n${JSON.stringify(schema)}` },
        question,
      ],
    });
    expect(claude({ type: "text" }).applied).toEqual([]);
    expect(fitted({ messages: [question], response_format: { type: "json_object" } }).applied).toEqual([]);
  });
});

describe("tools on Chat", () => {
  it("parameters-have-properties, arrays-have-items: for OpenAI's models and those like them", () => {
    const bare = tool({ parameters: { type: "object" } });
    const whole = tool({ parameters: { type: "object", properties: {} } });
    expect(fitted(bare)).toEqual({ body: whole, applied: ["parameters-have-properties"] });
    expect(fitted(tool({ parameters: {} })).body).toEqual(whole);
    expect(fitted(bare, "grok-code-fast-1", "xAI").body).toEqual(whole);
    expect(fitted(bare, "claude-sonnet-4.6", "Anthropic").applied).toEqual([]);
    const listOf = (items: JsonObject) => ({
      type: "object",
      properties: {
        rows: {
          anyOf: [
            { type: ["array", "null"], ...items },
            { type: "string", default: { type: "array" } },
          ],
        },
      },
    });
    expect(fitted(tool({ parameters: listOf({}) }))).toEqual({
      body: tool({ parameters: listOf({ items: {} }) }),
      applied: ["arrays-have-items"],
    });
    const composed = tool({ parameters: { anyOf: [{ type: "object", properties: {} }] } });
    expect(fitted(composed).applied).toEqual([]);
  });

  it("gemini-takes-no-union-in-items, gemini-takes-no-enum-on-an-array", () => {
    const rows = (schema: JsonObject) => tool({ parameters: { type: "object", properties: { rows: schema } } });
    const gemini = (schema: JsonObject) => fitted(rows(schema), "gemini-2.5-pro", "Google");
    expect(gemini({ type: "array", items: { type: ["string", "null"] } })).toEqual({
      body: rows({ type: "array", items: { type: "string", nullable: true } }),
      applied: ["gemini-takes-no-union-in-items"],
    });
    expect(
      gemini({ type: "array", items: { type: ["null", "integer", "string"], description: "A cell." } }).body,
    ).toEqual(
      rows({ type: "array", items: { type: "integer", nullable: true, description: "A cell. (integer or string)" } }),
    );
    expect(gemini({ type: "array", enum: ["a", "b"], items: { type: "string", enum: ["a"] } })).toEqual({
      body: rows({ type: "array", items: { type: "string", enum: ["a"] }, description: '(one of ["a","b"])' }),
      applied: ["gemini-takes-no-enum-on-an-array"],
    });
    expect(gemini({ type: ["string", "null"], enum: ["a"] }).applied).toEqual([]);
    expect(fitted(rows({ type: "array", items: { type: ["string", "null"] } })).applied).toEqual([]);
  });

  it("descriptions-are-not-empty, choice-needs-tools", () => {
    expect(fitted(tool({ description: "" }))).toEqual({ body: tool({}), applied: ["descriptions-are-not-empty"] });
    const custom = (more: JsonObject) => ({ tools: [{ type: "custom", custom: { name: "c", ...more } }] });
    expect(fitted(custom({ description: " " })).body).toEqual(custom({}));
    expect(fitted({ tool_choice: "auto", parallel_tool_calls: true })).toEqual({
      body: {},
      applied: ["choice-needs-tools"],
    });
    expect(fitted({ tools: [], tool_choice: "none" }).body).toEqual({ tools: [] });
  });

  it("tools-of-other-apis: flat and bare tools, and the choice of one, are put into Chat's form", () => {
    const parameters = { type: "object", properties: { a: { type: "string" } } };
    const body = {
      tools: [
        { type: "function", name: "flat", description: "d", parameters, strict: true },
        { name: "bare", input_schema: parameters },
        { type: "custom", name: "free" },
        { type: "function", function: { name: "own", parameters } },
      ],
      tool_choice: { type: "tool", name: "bare" },
    };
    expect(fitted(body)).toEqual({
      body: {
        tools: [
          { type: "function", function: { name: "flat", description: "d", parameters, strict: true } },
          { type: "function", function: { name: "bare", parameters } },
          { type: "custom", custom: { name: "free" } },
          body.tools[3],
        ],
        tool_choice: { type: "function", function: { name: "bare" } },
      },
      applied: ["tools-of-other-apis"],
    });
    expect(fitted({ tools: body.tools.slice(3), tool_choice: { type: "any" } }).body.tool_choice).toBe("required");
    const allowed = { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [] } };
    expect(fitted({ tools: body.tools.slice(3), tool_choice: allowed }).applied).toEqual([]);
  });
});

describe("messages on Chat", () => {
  it("parts-of-other-apis: parts in the shape of another API are put into Chat's", () => {
    const image = { type: "base64", media_type: "image/png", data: "AAAA" };
    const messages = [
      { role: "system", content: "s" },
      {
        role: "user",
        content: [
          { type: "input_text", text: "a" },
          { type: "input_image", image_url: "https://e.x/i" },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "output_text", text: "b" },
          { type: "tool_use", id: "t", name: "f", input: { n: 1 } },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "t", content: [{ type: "text", text: "done" }] },
          { type: "image", source: image },
          { type: "note", text: "kept" },
        ],
      },
    ];
    expect(fitted({ messages })).toEqual({
      body: {
        messages: [
          messages[0],
          {
            role: "user",
            content: [
              { type: "text", text: "a" },
              { type: "image_url", image_url: { url: "https://e.x/i" } },
            ],
          },
          {
            role: "assistant",
            content: "b",
            tool_calls: [{ id: "t", type: "function", function: { name: "f", arguments: '{"n":1}' } }],
          },
          { role: "tool", tool_call_id: "t", content: "done" },
          {
            role: "user",
            content: [
              { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
              { type: "text", text: "kept" },
            ],
          },
        ],
      },
      applied: ["parts-of-other-apis"],
    });
    const named = fitted({ messages: [{ ...messages[1], name: "alice" }] }).body.messages;
    expect(named).toMatchObject([{ role: "user", name: "alice", content: [{ text: "a" }, {}] }]);
    expect(() => fitted({ messages: [{ role: "user", content: [{ type: "mystery", blob: 1 }] }] })).toThrowError(
      expect.objectContaining({
        code: "invalid_request",
        param: "messages.0.content.0",
        message: expect.stringContaining("mystery"),
      }),
    );
  });

  it("files-have-names", () => {
    const file = (more: JsonObject, type = "application/pdf") => ({
      messages: [
        { role: "user", content: [{ type: "file", file: { file_data: `data:${type};base64,AAAA`, ...more } }] },
      ],
    });
    expect(fitted(file({}))).toEqual({ body: file({ filename: "file.pdf" }), applied: ["files-have-names"] });
    expect(fitted(file({ filename: "" }, "text/plain")).body).toEqual(file({ filename: "file.txt" }, "text/plain"));
    expect(fitted(file({ filename: "a.pdf" })).applied).toEqual([]);
  });
});
