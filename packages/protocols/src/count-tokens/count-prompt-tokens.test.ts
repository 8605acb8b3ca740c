import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import { lowerTools } from "../canonical/lower-tools.js";
import { wireOf } from "../exchange/protocols.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { type CountPromptOptions, countPromptTokens } from "./count-prompt-tokens.js";

const gpt = catalogueModel({ id: "gpt-4.1", vendor: "Azure OpenAI", wires: ["openai-chat"] });

interface CountOptions extends CountPromptOptions {
  readonly protocol: Wire;
}

async function count(body: JsonObject, options: Partial<CountOptions> = {}): Promise<number> {
  const { protocol = "anthropic-messages", ...rest } = options;
  const { wire, ...counted } = { wire: "openai-chat", model: gpt, pause: () => Promise.resolve(), ...rest } as const;
  const { request } = wireOf(protocol).decodeRequest({ model: "gpt-4.1", messages: [], ...body });
  return await countPromptTokens(lowerTools(request, wireOf(wire).fitting.keepsToolForms).request, {
    wire,
    ...counted,
  });
}

const hello = [{ role: "user", content: "hello" }];
const picture = { type: "image", source: { type: "url", url: "https://example.com/a.png" } };
const call = { type: "tool_use", id: "toolu_1", name: "read", input: { path: "notes.txt" } };
const result = { type: "tool_result", tool_use_id: "toolu_1", content: "seventeen degrees" };

describe("countPromptTokens", () => {
  test("text and framing", async () => {
    expect(await count({ messages: hello })).toBe(15);
  });

  test.each<[string, JsonObject]>([
    ["a system prompt", { system: "Be brief.", messages: hello }],
    ["a tool", { messages: hello, tools: [{ name: "read", input_schema: { type: "object", properties: {} } }] }],
    ["an image", { messages: [{ role: "user", content: [{ type: "text", text: "hello" }, picture] }] }],
    ["a later turn", { messages: [...hello, { role: "assistant", content: "hi" }, { role: "user", content: "why?" }] }],
    ["a tool call", { messages: [...hello, { role: "assistant", content: [call] }] }],
    ["a tool result", { messages: [...hello, { role: "user", content: [result] }] }],
    ["a schema", { messages: hello, output_config: { format: { type: "json_schema", schema: { type: "object" } } } }],
    [
      "a document",
      {
        messages: [
          ...hello,
          {
            role: "user",
            content: [
              { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBERi0=" } },
            ],
          },
        ],
      },
    ],
  ])("counts %s", async (_, body) => {
    expect(await count(body)).toBeGreaterThan(await count({ messages: hello }));
  });

  test("thinking counts where the wire carries it", async () => {
    const thought = { type: "thinking", thinking: "Let me see whether this holds.", signature: "c2VhbGVk" };
    const body = { messages: [...hello, { role: "assistant", content: [thought] }] };
    const own = await count(body, { wire: "anthropic-messages" });
    expect(own).toBeGreaterThan(await count(body, { wire: "openai-chat" }));
  });

  test("a tool that the service itself runs costs nothing where it is left out", async () => {
    const tools = [{ type: "web_search_20250305", name: "web_search", max_uses: 8 }];
    expect(await count({ messages: hello, tools })).toBe(await count({ messages: hello }));
  });

  test("vocabularies that divide more finely count higher", async () => {
    const body = { messages: [{ role: "user", content: "hello ".repeat(500) }] };
    const claude = await count(body, { model: catalogueModel() });
    const gemini = await count(body, { model: catalogueModel({ vendor: "Google" }) });
    expect(claude).toBeGreaterThan(gemini);
    expect(gemini).toBeGreaterThan(await count(body));
  });

  test("rests again and again in a long prompt", async () => {
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    await count({ messages: [{ role: "user", content: "a".repeat(100_000) }] }, { pause });
    expect(pauses).toBeGreaterThanOrEqual(48);
  });

  test("a text cut into slices counts hardly higher than as one", async () => {
    const text = "Größe 😀 and some more of it. ".repeat(2_000);
    const sliced = await count({ messages: [{ role: "user", content: text }] });
    const parts = Array.from({ length: 2_000 }, () => ({ type: "text", text: text.slice(0, 30) }));
    expect(sliced).toBeLessThanOrEqual(await count({ messages: [{ role: "user", content: parts }] }));
  });

  test("counts a request of OpenAI's protocols as well", async () => {
    const options = { protocol: "openai-responses", wire: "openai-responses" } as const;
    expect(await count({ input: "hello", messages: null }, options)).toBe(15);
  });

  test("refuses what a request would be refused for", async () => {
    const failure = count({ messages: [{ role: "user", content: [{ type: "image", source: { type: "x" } }] }] });
    await expect(failure).rejects.toMatchObject({ code: "invalid_request" });
  });
});
