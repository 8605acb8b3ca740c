import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import { answerIds } from "../testing/answer-ids.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { corpusAnswer, readCorpus } from "../testing/corpus.js";
import { streamBytes } from "../testing/stream-answer.js";
import { translateRequest } from "../testing/translate-request.js";
import { translateStream } from "../testing/translate-stream.js";
import { wireOf } from "./protocols.js";
import { translateResponse } from "./translate-response.js";

const conversation = readCorpus().filter(({ name }) => name === "reasoning-with-tools");
const reasoning = /"thinking_delta"|"type":"(?:thinking|reasoning)"|"reasoning_text":"/;
const hello = { model: "model-x", max_tokens: 100, messages: [{ role: "user", content: "hi" }], input: "hi" };

/** The answer that holds a thought, as a client with this request gets it: whole and streamed. */
function answers(protocol: Wire, wire: Wire, more: JsonObject): string[] {
  const { plan } = translateRequest(protocol, wire, { ...hello, ...more }, { modelId: "m", model: catalogueModel() });
  const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
  return conversation.flatMap((one) => {
    const response = corpusAnswer(one, wire);
    const whole = Buffer.from(JSON.stringify(wireOf(wire).encodeResponse(response, context)));
    const stream = translateStream(plan, [streamBytes(response, wire, false)]);
    return [Buffer.from(translateResponse(plan, whole, answerIds()).body).toString(), stream.text];
  });
}

describe.each(wires)("the reasoning of a model on %s", (wire) => {
  const off = { thinking: { type: "disabled" } };

  test.each([{}, off])("is not shown to a Messages client with %j", (more) => {
    for (const text of answers("anthropic-messages", wire, more)) {
      expect(text).toContain("tool_use");
      expect(text).not.toMatch(reasoning);
    }
  });

  const asked = [{ thinking: { type: "adaptive" } }, { output_config: { effort: "low" } }];
  test.each(asked)("is shown to a Messages client with %j", (more) => {
    for (const text of answers("anthropic-messages", wire, more)) expect(text).toMatch(reasoning);
  });

  test.each(["openai-chat", "openai-responses"] as const)("is shown to every client of %s", (protocol) => {
    for (const text of answers(protocol, wire, {})) expect(text).toMatch(reasoning);
  });
});
