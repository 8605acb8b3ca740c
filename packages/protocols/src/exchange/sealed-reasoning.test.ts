import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { CanonicalResponse } from "../canonical/response.js";
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
  return JSON.parse(Buffer.from(translateResponse(answerPlan(protocol, wire), upstream, answerIds()).body).toString());
}

describe.each(
  wires
    .filter((protocol) => protocol !== "anthropic-messages")
    .flatMap((protocol) => [false, true].map((isAfterText) => [protocol, isAfterText] as const)),
)("several signed thoughts of one turn: %s client, Messages upstream (text first: %s)", (protocol, isAfterText) => {
  const thought = (text: string, data: string, redacted = false) =>
    ({ type: "reasoning", text, opaque: { wire: "anthropic-messages", data, redacted } }) as const;
  const call = (callId: string) =>
    ({ type: "tool-call", callId, kind: "function", name: "f", namespace: null, input: "{}", cache: null }) as const;
  const said = (text: string) => ({ type: "text", text, cache: null }) as const;
  const content = [
    ...(isAfterText ? [said("First.")] : []),
    thought("one", "c2VhbDE="),
    said("Hi."),
    thought("", "c2VhbDI=", true),
    call("a"),
    thought("two", "c2VhbDM="),
    call("b"),
  ];
  const made = { ...answer("anthropic-messages"), content };
  const results = ["a", "b"].map((id) => ({
    type: "function_call_output",
    call_id: id,
    role: "tool",
    tool_call_id: id,
    output: "1",
    content: "1",
  }));

  function sentBack(given: JsonObject): JsonObject[] {
    const next = nextRequest(protocol, given);
    const field = protocol === "openai-chat" ? "messages" : "input";
    const items = (next[field] as JsonObject[]).slice(0, -1);
    const body = {
      ...next,
      [field]: [
        ...items,
        ...results.map(({ role, tool_call_id, type, call_id, output, content: said }) =>
          protocol === "openai-chat" ? { role, tool_call_id, content: said } : { type, call_id, output },
        ),
      ],
    };
    const { body: sent } = translateRequest(protocol, "anthropic-messages", body, { modelId: "m", model });
    const { messages } = wireOf("anthropic-messages").decodeRequest(JSON.parse(Buffer.from(sent).toString())).request;
    return messages.flatMap((message) =>
      message.role === "assistant" ? [...message.content] : [],
    ) as unknown as JsonObject[];
  }

  it("come back each with its own seal, in their places", () => {
    const upstream = Buffer.from(JSON.stringify(wireOf("anthropic-messages").encodeResponse(made, context)));
    const given = JSON.parse(
      Buffer.from(translateResponse(answerPlan(protocol, "anthropic-messages"), upstream, answerIds()).body).toString(),
    );
    expect(sentBack(given)).toEqual(content);
  });

  it("come back so from a stream, whether the client keeps the last piece of the seal or all of them", () => {
    const plan = answerPlan(protocol, "anthropic-messages");
    const events = readEvents(translateStream(plan, [streamBytes(made, "anthropic-messages")]).bytes);
    const data = events.filter((event) => event.data !== "[DONE]").map((event) => JSON.parse(event.data) as JsonObject);
    if (protocol === "openai-responses") {
      const output = data.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item ?? null);
      expect(sentBack({ output })).toEqual(content);
      return;
    }
    const deltas = data.flatMap(({ choices }) => (choices as { delta: JsonObject }[]).map(({ delta }) => delta));
    const seals = deltas.flatMap(({ reasoning_opaque: seal }) => (typeof seal === "string" ? [seal] : []));
    const join = (name: string) => deltas.map((delta) => delta[name] ?? "").join("");
    const calls = ["a", "b"].map((id) => ({ id, type: "function", function: { name: "f", arguments: "{}" } }));
    const message = { role: "assistant", content: join("content"), tool_calls: calls };
    for (const [reasoning_opaque, thoughts] of [
      [seals.at(-1), join("reasoning_text")],
      [seals.join(""), join("reasoning_text")],
    ]) {
      const given = { choices: [{ message: { ...message, reasoning_text: thoughts, reasoning_opaque } }] };
      expect(sentBack(given as JsonObject)).toEqual(content);
    }
    const withoutText = { choices: [{ message: { ...message, reasoning_opaque: seals.at(-1) } }] };
    expect(sentBack(withoutText as JsonObject)).toEqual(
      content.map((part) => (part.type === "reasoning" ? { ...part, text: "" } : part)),
    );
  });
});

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

describe.each(wires)("thoughts that a Messages client wants without their text, %s upstream", (wire) => {
  const display = { thinking: { type: "adaptive", display: "omitted" } };
  const ask = { model: "m", max_tokens: 9, ...display, messages: [{ role: "user", content: "x" }] };
  const { plan } = translateRequest("anthropic-messages", wire, ask, { modelId: "m", model });
  const whole = (content: CanonicalResponse["content"]) => {
    const upstream = Buffer.from(JSON.stringify(wireOf(wire).encodeResponse({ ...answer(wire), content }, context)));
    return JSON.parse(Buffer.from(translateResponse(plan, upstream, answerIds()).body).toString()) as JsonObject;
  };
  const streamed = (content: CanonicalResponse["content"]) =>
    readEvents(translateStream(plan, [streamBytes({ ...answer(wire), content }, wire)]).bytes)
      .map(({ data }) => JSON.parse(data) as JsonObject)
      .flatMap(({ content_block: block, delta }) => [block ?? [], delta ?? []].flat());

  it("are told by their seal, which comes back to the upstream", () => {
    const given = whole(answer(wire).content);
    const [thought] = given.content as JsonObject[];
    expect(thought).toEqual({ type: "thinking", thinking: "", signature: expect.stringMatching(/./) });
    const body = { ...nextRequest("anthropic-messages", given), ...display };
    const { body: sent } = translateRequest("anthropic-messages", wire, body, { modelId: "m", model });
    expect(reasoningIn(sent, wire)).toEqual([{ ...answer(wire).content[0], text: "" }]);
    expect(streamed(answer(wire).content).slice(0, 2)).toEqual([
      { type: "thinking", thinking: "", signature: "" },
      { type: "signature_delta", signature: thought?.signature },
    ]);
    expect(JSON.stringify(streamed(answer(wire).content))).not.toContain("hm");
  });

  it("are left out without a seal (requirement: empty-thinking)", () => {
    const content = [
      { type: "reasoning", text: "hm", opaque: null },
      { type: "text", text: "Hi.", cache: null },
    ] as const;
    expect(whole(content).content).toEqual([{ type: "text", text: "Hi." }]);
    expect(JSON.stringify(streamed(content))).not.toContain("thinking");
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
