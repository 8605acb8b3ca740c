import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../testing/catalogue-model.js";
import { translateRequest } from "../testing/translate-request.js";

const model = catalogueModel({ maxOutputTokens: 1000 });

function sent(protocol: Wire, wire: Wire, body: JsonObject): JsonObject {
  const { body: bytes } = translateRequest(protocol, wire, { model: "asked", ...body }, { modelId: "used", model });
  return JSON.parse(Buffer.from(bytes).toString());
}

const ask: JsonObject = { messages: [{ role: "user", content: "x" }] };

describe("translateRequest", () => {
  it("asks for the model by the upstream's id", () => {
    expect(sent("openai-chat", "openai-responses", ask).model).toBe("used");
  });

  it("keeps the output limit within what wire and model take", () => {
    expect(sent("openai-chat", "anthropic-messages", ask).max_tokens).toBe(1000);
    expect(sent("openai-chat", "openai-responses", ask)).not.toHaveProperty("max_output_tokens");
    expect(sent("openai-chat", "openai-responses", { ...ask, max_tokens: 1 }).max_output_tokens).toBe(16);
    expect(sent("anthropic-messages", "openai-chat", { ...ask, max_tokens: 128_000 }).max_tokens).toBe(1000);
  });

  it("takes a function call without arguments for one with none", () => {
    const call = (input: string) => ({ id: "c", type: "function", function: { name: "f", arguments: input } });
    const messages = [
      { role: "user", content: "x" },
      { role: "assistant", tool_calls: [call(""), call(" ")] },
    ];
    expect(sent("openai-chat", "anthropic-messages", { messages }).messages).toMatchObject([
      { role: "user" },
      { content: [{ input: {} }, { input: {} }] },
      { role: "user" },
    ]);
    const input = [{ type: "function_call", call_id: "c", name: "f", arguments: "" }];
    expect(sent("openai-responses", "openai-chat", { input }).messages).toMatchObject([
      { tool_calls: [{ function: { arguments: "{}" } }] },
      { role: "tool" },
    ]);
  });

  it("gives a custom tool's grammar its place in each of OpenAI's wires", () => {
    const grammar = { syntax: "lark", definition: "start: X" };
    const custom = { name: "c", format: { type: "grammar", grammar } };
    const tools = [{ type: "custom", custom }];
    expect(sent("openai-chat", "openai-responses", { ...ask, tools }).tools).toEqual([
      { type: "custom", name: "c", format: { type: "grammar", ...grammar } },
    ]);
    expect(JSON.stringify(sent("openai-chat", "anthropic-messages", { ...ask, tools }).tools)).toContain("start: X");
  });

  it("names JPEG images as Messages does", () => {
    const image = { type: "image_url", image_url: { url: "data:image/jpg;base64,AAAA" } };
    expect(
      sent("openai-chat", "anthropic-messages", { messages: [{ role: "user", content: [image] }] }).messages,
    ).toMatchObject([{ content: [{ source: { media_type: "image/jpeg" } }] }]);
  });

  it("sends Messages no empty instructions, which it refuses", () => {
    const parts = [
      { type: "text", text: "" },
      { type: "text", text: "Be kind." },
    ];
    const messages = [{ role: "system", content: parts }, ...(ask.messages as JsonObject[])];
    expect(sent("openai-chat", "anthropic-messages", { messages }).system).toMatchObject([{ text: "Be kind." }]);
    const empty = [{ role: "system", content: parts.slice(0, 1) }, ...(ask.messages as JsonObject[])];
    expect(sent("openai-chat", "anthropic-messages", { messages: empty })).not.toHaveProperty("system");
    const later = [...(ask.messages as JsonObject[]), { role: "system", content: parts.slice(0, 1) }];
    expect(sent("openai-chat", "anthropic-messages", { messages: later }).messages).toHaveLength(1);
  });

  it("always asks a Chat upstream for usage, and remembers whether the client did", () => {
    const { body, plan } = translateRequest(
      "openai-chat",
      "openai-chat",
      { model: "m", ...ask, stream: true },
      { modelId: "used", model },
    );
    expect(JSON.parse(Buffer.from(body).toString()).stream_options).toEqual({ include_usage: true });
    expect(plan.includeUsage).toBe(false);
  });

  it("hashes a pseudonym that is too long for OpenAI's wires, the same way each time", () => {
    const metadata = { user_id: JSON.stringify({ device_id: "d".repeat(64), session_id: "s" }) };
    const first = sent("anthropic-messages", "openai-chat", { ...ask, max_tokens: 9, metadata }).user;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(sent("anthropic-messages", "openai-responses", { ...ask, max_tokens: 9, metadata }).user).toBe(first);
  });

  it("sends no turn of which nothing is left", () => {
    const messages = [
      { role: "user", content: "x" },
      { role: "assistant", content: [{ type: "thinking", thinking: "hm", signature: "foreign" }] },
      { role: "user", content: "y" },
    ];
    const { messages: arrived } = sent("anthropic-messages", "openai-chat", { max_tokens: 9, messages });
    expect((arrived as JsonObject[]).map(({ role }) => role)).toEqual(["user", "user"]);
  });

  it("applies the service's quirks to what it made", () => {
    const gpt5 = { modelId: "gpt-5.4", model };
    const { body } = translateRequest("anthropic-messages", "openai-chat", { model: "m", ...ask, max_tokens: 9 }, gpt5);
    expect(JSON.parse(Buffer.from(body).toString())).toMatchObject({ max_completion_tokens: 9 });
  });
});
