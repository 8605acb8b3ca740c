import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { wireOf } from "../exchange/protocols.js";
import { translateResponse } from "../exchange/translate-response.js";
import { answerIds } from "../testing/answer-ids.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { fitRequest } from "../testing/fit-request.js";
import { streamBytes } from "../testing/stream-answer.js";
import { translateRequest } from "../testing/translate-request.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";

const model = catalogueModel();
const others = ["openai-chat", "anthropic-messages"] as const;
const tools = [{ type: "function", name: "f", parameters: { type: "object", properties: {} } }];
const said = { role: "user", content: "Make it rain." };
const asked = {
  model: "m",
  instructions: "Be kind.",
  input: [said, { type: "compaction_trigger" }],
  tools,
  tool_choice: "auto",
  text: { format: { type: "json_object" } },
};
const translate = (wire: Wire, body: JsonObject = asked) =>
  translateRequest("openai-responses", wire, body, { modelId: "m", model });
const answer = (text: string, unified: "stop" | "length" | "refusal" = "stop") =>
  ({
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content: [
      { type: "reasoning", text: "hm", opaque: null },
      { type: "text", text, cache: null },
    ],
    finish: { unified, raw: null, stopSequence: null },
    usage: {
      tokens: { inputTokens: 5, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 },
      nanoAiu: 1,
    },
  }) as const;

function readStream(wire: Wire, ...given: Parameters<typeof answer>): JsonObject[] {
  const { plan } = translate(wire);
  return readEvents(translateStream(plan, [streamBytes(answer(...given), wire)]).bytes).map(({ data }) =>
    JSON.parse(data),
  );
}

function readWhole(wire: Wire, ...given: Parameters<typeof answer>): JsonObject {
  const { plan } = translate(wire);
  const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
  const bytes = Buffer.from(JSON.stringify(wireOf(wire).encodeResponse(answer(...given), context)));
  return JSON.parse(Buffer.from(translateResponse(plan, bytes, answerIds()).body).toString());
}

describe.each(others)("compaction by a model of %s", (wire) => {
  it("asks for a summary, and for no call", () => {
    const sent = JSON.parse(Buffer.from(translate(wire).body).toString());
    expect(JSON.stringify(sent.messages)).toMatch(/Make it rain\..*"role":"user".*with the summary only/);
    expect(sent.tools).toHaveLength(1);
    expect(JSON.stringify(sent.tool_choice)).toMatch(/none/);
    expect(JSON.stringify(sent)).not.toMatch(/json_object|single JSON object/);
  });

  it("gives the summary as one sealed item, which says it again later, on every wire", () => {
    const events = readStream(wire, "It rained in Ñ.");
    expect(events.map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.output_item.done",
      "response.completed",
    ]);
    const response = events.at(-1)?.response as JsonObject;
    expect(response).toMatchObject({ status: "completed", usage: { input_tokens: 5 } });
    expect(response).not.toHaveProperty("gateway_compacts");
    const [item] = response.output as JsonObject[];
    expect(item).toMatchObject({ type: "compaction", id: expect.stringMatching(/^cmp_/) });
    expect(readWhole(wire, "It rained in Ñ.").output).toMatchObject([{ type: "compaction" }]);

    const input = [item ?? {}, { role: "user", content: "Go on." }];
    expect(Buffer.from(translate(wire, { model: "m", input }).body).toString()).toMatch(/It rained in Ñ\..*Go on\./);
    const { body, applied } = fitRequest("openai-responses", { input }, { id: "gpt-5.4", vendor: "OpenAI" });
    expect(body.input).toMatchObject([
      { type: "message", role: "user", content: [{ text: expect.stringContaining("It rained in Ñ.") }] },
      { role: "user" },
    ]);
    expect(applied).toEqual(["items-are-known"]);
  });

  it.each([
    ["was cut", "It rai", "length"],
    ["is empty", " ", "stop"],
    ["is refused", "No.", "refusal"],
  ] as const)("fails when the summary %s, so that the client keeps its history", (_name, text, unified) => {
    expect(readStream(wire, text, unified).map(({ type }) => type)).toEqual([
      "response.created",
      "response.in_progress",
      "response.failed",
    ]);
    expect(() => readWhole(wire, text, unified)).toThrowError(expect.objectContaining({ code: "upstream_error" }));
  });
});

it("a compaction on a model that has it goes up as it is", () => {
  const input = [said, { type: "compaction", encrypted_content: "gAAA" }, { type: "compaction_trigger" }];
  const { body } = fitRequest("openai-responses", { input }, { id: "gpt-5.4", vendor: "OpenAI" });
  expect(body.input).toBe(input);
});
