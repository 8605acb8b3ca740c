import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { AnswerPlan } from "./exchange/answer-plan.js";
import { wireOf } from "./exchange/protocols.js";
import { createStreamTranslator } from "./exchange/stream-translator.js";
import { translateResponse } from "./exchange/translate-response.js";
import { answerIds } from "./testing/answer-ids.js";
import { catalogueModel } from "./testing/catalogue-model.js";
import { type Conversation, corpusAnswer, corpusRequest, readCorpus } from "./testing/corpus.js";
import { type ReadAnswer, readAnswer } from "./testing/read-answer.js";
import { requestEssence } from "./testing/request-essence.js";
import { streamBytes } from "./testing/stream-answer.js";
import { translateRequest } from "./testing/translate-request.js";

const conversations = readCorpus();
const model = catalogueModel({ id: "model-x", vendor: "Any", maxOutputTokens: null });
const pairs = wires.flatMap((protocol) => wires.map((wire) => [protocol, wire] as const));

const finishes: Readonly<Record<Wire, Readonly<Record<string, string>>>> = {
  "openai-chat": { stop: "stop", length: "length", "tool-calls": "tool_calls" },
  "openai-responses": { stop: "completed", length: "max_output_tokens", "tool-calls": "completed" },
  "anthropic-messages": { stop: "end_turn", length: "max_tokens", "tool-calls": "tool_use" },
};

/** The conversation as the protocol's client sends it: what the protocol cannot say is not asked. */
function clientBody(conversation: Conversation, protocol: Wire, stream: boolean): JsonObject {
  const { body } = wireOf(protocol).encodeRequest(corpusRequest(conversation, stream));
  return JSON.parse(JSON.stringify(body));
}

function arrived(body: Uint8Array, wire: Wire) {
  return wireOf(wire).decodeRequest(JSON.parse(Buffer.from(body).toString())).request;
}

function answer(conversation: Conversation, plan: AnswerPlan, stream: boolean): Uint8Array {
  const response = corpusAnswer(conversation, plan.upstream.id);
  if (!stream) {
    const context = { ...answerIds(), model: "model-x", includeUsage: true, estimatedInputTokens: 1 };
    const upstream = wireOf(plan.upstream.id).encodeResponse(response, context);
    return translateResponse(plan, Buffer.from(JSON.stringify(upstream)), answerIds()).body;
  }
  const translator = createStreamTranslator(plan, answerIds());
  const bytes = streamBytes(response, plan.upstream.id, conversation.answer.emptyDeltas === true);
  const chunks = [translator.push(bytes.subarray(0, 333)), translator.push(bytes.subarray(333)), translator.end()];
  expect(chunks.filter(({ terminal }) => terminal)).toHaveLength(1);
  expect(chunks.filter(({ firstToken }) => firstToken)).toHaveLength(1);
  return Buffer.concat(chunks.flatMap(({ bytes: part }) => (part === null ? [] : [part])));
}

function expectedAnswer(conversation: Conversation, protocol: Wire, wire: Wire): Partial<ReadAnswer> {
  const { content, finish, stopSequence, usage } = conversation.answer;
  const knowsRefusal = protocol !== "anthropic-messages" && wire !== "anthropic-messages";
  const texts = content.map((part) => part.text ?? (knowsRefusal ? "" : (part.refusal ?? "")));
  const stops = conversation.request.stopSequences !== undefined && protocol !== "openai-responses";
  const isCut = stopSequence !== undefined && stops;
  const unstopped = wire === "openai-responses" && !stops ? (conversation.answer.unstopped ?? "") : "";
  const knowsStop = protocol === "anthropic-messages" && isCut && wire !== "openai-chat";
  return {
    text: texts.join("") + unstopped,
    refusal: knowsRefusal ? content.map((part) => part.refusal ?? "").join("") : "",
    reasoning: content.map((part) => part.reasoning?.text ?? "").join(""),
    calls: content.flatMap(({ call }) => (call === undefined ? [] : [call])),
    finish: knowsStop ? "stop_sequence" : (finishes[protocol][finish] ?? null),
    stopSequence: knowsStop ? stopSequence : null,
    ...(usage === undefined
      ? {}
      : {
          inputTokens: usage.inputTokens ?? 0,
          outputTokens: usage.outputTokens ?? 0,
          cacheReadTokens: usage.cacheReadTokens ?? 0,
        }),
  };
}

describe.each(pairs)("%s client, %s upstream", (protocol, wire) => {
  describe.each(conversations.map((conversation) => [conversation.name, conversation] as const))(
    "%s",
    (_name, conversation) => {
      it.each([false, true])("reaches the upstream in its meaning, and the client (stream: %s)", async (stream) => {
        const body = clientBody(conversation, protocol, stream);
        const { body: sent, plan } = translateRequest(protocol, wire, body, { modelId: "model-x", model });
        const asked = wireOf(protocol).decodeRequest(body).request;
        expect(requestEssence(arrived(sent, wire))).toEqual(requestEssence(asked));
        const read = await readAnswer(protocol, answer(conversation, plan, stream), stream);
        expect(read).toMatchObject(expectedAnswer(conversation, protocol, wire));
      });
    },
  );
});
