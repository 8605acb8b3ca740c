import { type Wire, wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { answerIds } from "../testing/answer-ids.js";
import { answerPlan } from "../testing/answer-plan.js";
import { readAnswer } from "../testing/read-answer.js";
import { createStreamTranslator } from "./stream-translator.js";
import { translateResponse } from "./translate-response.js";

const item = { type: "message", role: "assistant", content: [{ type: "refusal", refusal: "" }] };
const usage = { input_tokens: 1, output_tokens: 1 };

/** How a service says that the model declined without a word; Chat cuts such answers by its filter. */
const refusals: Readonly<Partial<Record<Wire, { readonly whole: object; readonly stream: readonly object[] }>>> = {
  "openai-responses": {
    whole: { id: "r", status: "completed", output: [item], usage },
    stream: [
      { type: "response.output_item.added", output_index: 0, item: { ...item, content: [] } },
      { type: "response.refusal.done", output_index: 0, content_index: 0, refusal: "" },
      { type: "response.output_item.done", output_index: 0, item },
      { type: "response.completed", response: { status: "completed", usage } },
    ],
  },
  "anthropic-messages": {
    whole: { id: "m", type: "message", role: "assistant", content: [], stop_reason: "refusal", usage },
    stream: [
      { type: "message_start", message: { id: "m", usage } },
      { type: "message_delta", delta: { stop_reason: "refusal" }, usage },
      { type: "message_stop" },
    ],
  },
};

const cases = wires.flatMap((protocol) =>
  (Object.keys(refusals) as Wire[]).flatMap((wire) => [false, true].map((stream) => [protocol, wire, stream] as const)),
);

describe("a refusal without a word", () => {
  it.each(cases)("is one to a client of %s when %s says so (stream: %s)", async (protocol, wire, stream) => {
    const { whole, stream: events } = refusals[wire] ?? { whole: {}, stream: [] };
    const plan = answerPlan(protocol, wire);
    const bytes = stream ? translateStream(plan, events) : translateResponse(plan, encode(whole), answerIds()).body;
    const read = await readAnswer(protocol, bytes, stream);
    if (protocol === "anthropic-messages") expect([read.finish, read.text]).toEqual(["refusal", ""]);
    else expect([read.refusal, read.text]).toEqual(["The model declined to answer.", ""]);
    if (protocol === "openai-chat") expect(read.finish).toBe("content_filter");
  });
});

function encode(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function translateStream(plan: ReturnType<typeof answerPlan>, events: readonly object[]): Uint8Array {
  const translator = createStreamTranslator(plan, answerIds());
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
  const outputs = [Buffer.from(translator.push(Buffer.from(text)).bytes ?? [])];
  outputs.push(Buffer.from(translator.end().bytes ?? []));
  return Buffer.concat(outputs);
}
