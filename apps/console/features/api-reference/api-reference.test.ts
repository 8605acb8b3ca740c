import { describe, expect, it } from "vitest";
import { createExampleBody, sampleText } from "./create-example-body";
import { encodeRequestCode } from "./encode-request-code";
import { describeBounds, describeType, fieldsOf, listOperations, type OpenapiDocument } from "./openapi-document";

const document: OpenapiDocument = {
  openapi: "3.1.0",
  info: { title: "API", version: "1" },
  paths: {
    "/v1/messages": {
      post: {
        tags: ["Anthropic"],
        summary: "Create a message",
        "x-access": "key",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Message" } } } },
        responses: {
          200: { description: "It.", content: { "application/json": { schema: {} }, "text/event-stream": {} } },
          204: { description: "Nothing." },
        },
      },
      parameters: [],
    },
    "/health": { get: {} },
  },
  components: {
    schemas: {
      Message: {
        type: "object",
        required: ["model"],
        properties: {
          model: { type: "string", minLength: 1 },
          parts: { type: "array", items: { $ref: "#/components/schemas/Part" } },
        },
      },
      Part: { anyOf: [{ type: "object", properties: { text: { type: "string" } } }, { type: "string" }] },
    },
  },
};

const [message, health] = listOperations(document);

describe("listOperations", () => {
  it("reads who may call a route, its body and its answers", () => {
    expect(message).toMatchObject({
      id: "post-/v1/messages",
      tag: "Anthropic",
      access: "key",
      body: { $ref: "#/components/schemas/Message" },
      responses: [
        { status: "200", types: ["application/json", "text/event-stream"] },
        { status: "204", schema: null },
      ],
    });
  });

  it("calls a route without words by its path", () => {
    expect(health).toMatchObject({ summary: "/health", description: "", access: "public", body: null });
  });
});

describe("schemas", () => {
  it("are described by type", () => {
    expect(describeType({ type: ["string", "null"] })).toBe("string | null");
    expect(describeType({ type: "array", items: { anyOf: [{ type: "string" }, { type: "number" }] } })).toBe(
      "(string | number)[]",
    );
    expect(describeType({ $ref: "#/components/schemas/Part" })).toBe("Part");
    expect(describeType({ const: "ephemeral" })).toBe('"ephemeral"');
  });

  it("have bounds, of which the largest of whole numbers is none", () => {
    expect(describeBounds({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: "a" })).toEqual([
      "≥ 0",
      'default "a"',
    ]);
  });

  it("have fields, through references, lists and choices", () => {
    const [model, parts] = fieldsOf(document, { $ref: "#/components/schemas/Message" });
    expect(model).toMatchObject({ name: "model", isRequired: true });
    expect(fieldsOf(document, parts?.schema ?? {}).map(({ name }) => name)).toEqual(["text"]);
  });

  it("of maps have one field for all names", () => {
    const map = { type: "object", additionalProperties: { type: "string" } };
    expect(fieldsOf(document, map)).toMatchObject([{ name: "*" }]);
    expect(fieldsOf(document, { type: "object", additionalProperties: {} })).toEqual([]);
  });
});

describe("encodeRequestCode", () => {
  const body = JSON.stringify({ text: "it's", stream: true, stop: null }, null, 2);
  const code = { origin: "http://gw", body, credential: "$KEY" };

  it("quotes for the shell", () => {
    if (message === undefined) throw new Error("no operation");
    const curl = encodeRequestCode("curl", { ...code, operation: message });
    expect(curl).toContain('-H "Authorization: Bearer $KEY"');
    expect(curl).toContain('-H "anthropic-version: 2023-06-01"');
    expect(curl).toContain("it'\\''s");
  });

  it("writes Python's own words for true and null", () => {
    if (message === undefined) throw new Error("no operation");
    const python = encodeRequestCode("python", { ...code, operation: message });
    expect(python).toContain('"stream": True,');
    expect(python).toContain('"stop": None,');
  });

  it("sends no credential to what is public", () => {
    if (health === undefined) throw new Error("no operation");
    const typescript = encodeRequestCode("typescript", { ...code, operation: health, body: null });
    expect(typescript).not.toContain("$KEY");
    expect(typescript).toContain('method: "GET"');
  });
});

describe("createExampleBody", () => {
  it("has what a body must have, and no field that the sampler makes up", () => {
    const text = sampleText(
      document,
      { type: "object", required: ["a"], properties: { a: { type: "string" }, b: {} }, additionalProperties: {} },
      true,
    );
    expect(JSON.parse(text ?? "")).toEqual({ a: "string" });
  });

  it("is one that gets an answer where clients ask most", () => {
    if (message === undefined) throw new Error("no operation");
    expect(JSON.parse(createExampleBody(document, message) ?? "")).toMatchObject({ max_tokens: 1024 });
  });
});
