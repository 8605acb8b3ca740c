import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { isSealed, sealReasoning, unsealReasoning } from "../canonical/seal-reasoning.js";
import { answerIds } from "../testing/answer-ids.js";
import { answerPlan } from "../testing/answer-plan.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { fitRequest } from "../testing/fit-request.js";
import { streamBytes } from "../testing/stream-answer.js";
import { translateRequest } from "../testing/translate-request.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";
import { wireOf } from "./protocols.js";
import { translateResponse } from "./translate-response.js";

const pairs = wires.flatMap((protocol) => wires.map((wire) => [protocol, wire] as const));
const model = catalogueModel();
const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };

const answer = (wire: Wire, redacted = false) =>
  ({
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content: [
      { type: "reasoning", text: redacted ? "" : "hm", opaque: { wire, data: "c2VhbA==", redacted } },
      { type: "text", text: "Hi.", cache: null },
    ],
    finish: { unified: "stop", raw: null, stopSequence: null },
    usage: { tokens: null, nanoAiu: null },
  }) as const;

/** The client's next request: it gives the answer back as it got it. */
function nextRequest(protocol: Wire, given: JsonObject): JsonObject {
  const asked = { role: "user", content: "x" };
  if (protocol === "openai-responses") return { model: "m", input: [asked, ...(given.output as JsonObject[]), asked] };
  const message =
    protocol === "openai-chat"
      ? (given.choices as { message: JsonObject }[])[0]?.message
      : { role: "assistant", content: given.content };
  return { model: "m", max_tokens: 9, messages: [asked, message ?? {}, asked] };
}

function reasoningIn(body: Uint8Array, wire: Wire) {
  const { messages } = wireOf(wire).decodeRequest(JSON.parse(Buffer.from(body).toString())).request;
  return messages.flatMap(({ content }) => [...content]).filter((part) => part.type === "reasoning");
}

function roundTrip(protocol: Wire, wire: Wire, redacted = false): JsonObject {
  const upstream = Buffer.from(JSON.stringify(wireOf(wire).encodeResponse(answer(wire, redacted), context)));
  return JSON.parse(Buffer.from(translateResponse(answerPlan(protocol, wire), upstream, answerIds())).toString());
}

describe.each(pairs)("sealed reasoning: %s client, %s upstream", (protocol, wire) => {
  it("comes back to the upstream as it came", () => {
    const body = nextRequest(protocol, roundTrip(protocol, wire));
    const { body: sent } = translateRequest(protocol, wire, body, { modelId: "m", model });
    expect(reasoningIn(sent, wire)).toEqual([answer(wire).content[0]]);
  });

  it("is not given to another wire", () => {
    const body = nextRequest(protocol, roundTrip(protocol, wire));
    for (const other of wires.filter((candidate) => candidate !== wire)) {
      const { body: sent } = translateRequest(protocol, other, body, { modelId: "m", model });
      expect(Buffer.from(sent).toString()).not.toContain("c2VhbA==");
      expect(Buffer.from(sent).toString()).not.toContain("clp1:");
    }
  });

  it("is never a thinking block without text or signature (requirement: empty-thinking)", () => {
    const { text } = translateStream(answerPlan("anthropic-messages", wire), [streamBytes(answer(wire), wire)]);
    const starts = readEvents(Buffer.from(text)).filter(({ data }) =>
      data.includes('"content_block":{"type":"thinking"'),
    );
    expect(starts).toHaveLength(1);
    expect(text).toContain('"signature_delta"');
    const unsealed = { ...answer(wire), content: [{ type: "reasoning", text: "hm", opaque: null }] } as const;
    const { text: plain } = translateStream(answerPlan("anthropic-messages", wire), [streamBytes(unsealed, wire)]);
    expect(plain).toMatch(/"signature":"[^"]+"/);
  });
});

describe("sealed reasoning", () => {
  it("carries redacted thinking over every protocol", () => {
    for (const protocol of wires) {
      const body = nextRequest(protocol, roundTrip(protocol, "anthropic-messages", true));
      const { body: sent } = translateRequest(protocol, "anthropic-messages", body, { modelId: "m", model });
      expect(reasoningIn(sent, "anthropic-messages")).toEqual([answer("anthropic-messages", true).content[0]]);
    }
  });

  it("is taken out of a same-protocol request when another wire sealed it", () => {
    for (const [protocol, wire] of pairs.filter(([one, other]) => one !== other)) {
      const body = nextRequest(protocol, roundTrip(protocol, wire));
      const { body: sent, applied } = fitRequest(protocol, body);
      expect(applied).toContain("reasoning-sealed-for-another-wire");
      expect(JSON.stringify(sent)).not.toContain("clp1:");
      const own = nextRequest(protocol, roundTrip(protocol, protocol));
      expect(fitRequest(protocol, own).applied).not.toContain("reasoning-sealed-for-another-wire");
    }
  });

  it("reads broken tags as nobody's", () => {
    expect(unsealReasoning("clp1:none", "openai-chat")).toBeNull();
    expect(unsealReasoning("clp1:smoke-signals:signed:x", "openai-chat")).toBeNull();
    expect(unsealReasoning("", "openai-chat")).toBeNull();
    expect(isSealed(sealReasoning(null, "openai-chat"))).toBe(true);
    const tricky = { wire: "openai-chat", data: "clp1:a:b:c", redacted: false } as const;
    expect(unsealReasoning(sealReasoning(tricky, "openai-chat"), "openai-chat")).toEqual(tricky);
  });
});
