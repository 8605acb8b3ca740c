import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../testing/catalogue-model.js";
import { peekRequest } from "./peek-request.js";
import { prepareExchange } from "./prepare-exchange.js";

async function sent(protocol: Wire, wire: Wire, body: JsonObject): Promise<JsonObject> {
  const call = { protocol, operation: "generate", wireHeaders: {} } as const;
  const peek = peekRequest(protocol, Buffer.from(JSON.stringify({ model: "m", ...body })));
  const { body: bytes } = await prepareExchange(call, peek, catalogueModel({ id: "m", vendor: "X", wires: [wire] }));
  return JSON.parse(Buffer.from(bytes).toString());
}

describe("a body in the form of another protocol", () => {
  const parameters = { type: "object", properties: { a: { type: "string" } } };
  const cursor = {
    stream: true,
    stop: ["END"],
    stream_options: { include_usage: true },
    instructions: "Be kind.",
    input: [
      { role: "user", content: [{ type: "input_text", text: "Hi" }] },
      { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "c", output: "1" },
    ],
    tools: [{ type: "function", name: "f", description: "d", parameters }],
  };

  it("is sent on in Chat's own, with what only Chat knows of it", async () => {
    expect(await sent("openai-chat", "openai-chat", cursor)).toEqual({
      model: "m",
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content: "Hi" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c", content: "1" },
      ],
      tools: [{ type: "function", function: { name: "f", description: "d", parameters } }],
      stop: ["END"],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("is translated like any other", async () => {
    const body = await sent("openai-chat", "anthropic-messages", cursor);
    expect(body).toMatchObject({
      stop_sequences: ["END"],
      stream: true,
      tools: [{ name: "f", input_schema: parameters }],
    });
    expect(JSON.stringify(body.messages)).toMatch(/Hi.*tool_use.*tool_result/);
  });

  it("is refused as before where there is no conversation in any form", () => {
    expect(() => peekRequest("openai-chat", Buffer.from('{"model":"m"}'))).toThrowError(
      expect.objectContaining({ code: "invalid_request", param: "messages" }),
    );
  });
});
