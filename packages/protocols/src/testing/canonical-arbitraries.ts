import type { JsonObject, Wire } from "@copilot-llm/model";
import fc, { type Arbitrary } from "fast-check";
import type {
  AssistantPart,
  CacheHint,
  MediaSource,
  ToolCallPart,
  ToolResultPart,
  UserPart,
} from "../canonical/part.js";
import type {
  CanonicalMessage,
  CanonicalRequest,
  CanonicalTool,
  ReasoningRequest,
  ResponseFormat,
} from "../canonical/request.js";

/** What a wire can hold, as far as the generators must know it. */
interface Holds {
  readonly cache: "anywhere" | "last" | "nowhere";
  readonly custom: boolean;
  readonly namespace: boolean;
  readonly laterInstructions: boolean;
  readonly errors: boolean;
  readonly resultImages: boolean;
  readonly anyOrder: boolean;
}

const holds: Readonly<Record<Wire, Holds>> = {
  "openai-chat": {
    cache: "last",
    custom: true,
    namespace: false,
    laterInstructions: true,
    errors: false,
    resultImages: false,
    anyOrder: false,
  },
  "openai-responses": {
    cache: "nowhere",
    custom: true,
    namespace: true,
    laterInstructions: true,
    errors: false,
    resultImages: true,
    anyOrder: true,
  },
  "anthropic-messages": {
    cache: "anywhere",
    custom: false,
    namespace: false,
    laterInstructions: false,
    errors: true,
    resultImages: true,
    anyOrder: true,
  },
};

const character = fc.constantFrom(..."ab Z9.,:{}[]<>/'\"\\\n\r\t\u0000\u2028éßЖ漢", "👍🏽", "👩‍👩‍👧");
const text = fc.string({ unit: character, minLength: 1, maxLength: 12 });
const word = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
const callInput = fc
  .dictionary(word, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)))
  .map((value) => JSON.stringify(value));
const schema: Arbitrary<JsonObject> = fc
  .dictionary(word, fc.constantFrom("string", "number", "boolean"))
  .map((fields) => ({
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, { type }])),
  }));
const maybe = <Value>(value: Arbitrary<Value>): Arbitrary<Value | null> => fc.option(value, { freq: 2 });

function cacheHint(wire: Wire): Arbitrary<CacheHint | null> {
  if (wire === "anthropic-messages")
    return maybe(fc.record({ ttl: fc.constantFrom(null, "5m" as const, "1h" as const) }));
  return wire === "openai-chat" ? maybe(fc.constant({ ttl: null })) : fc.constant(null);
}

function mediaSource(wire: Wire, withUrl: boolean): Arbitrary<MediaSource> {
  const base64 = fc.record({
    kind: fc.constant("base64" as const),
    mediaType: fc.constantFrom("image/png", "image/jpeg"),
    data: fc.base64String({ minLength: 4, maxLength: 16 }),
  });
  const url = fc.record({ kind: fc.constant("url" as const), url: fc.webUrl() });
  const id = fc.record({ kind: fc.constant("id" as const), id: word });
  if (!withUrl) return fc.oneof(base64, id);
  return wire === "openai-chat" ? fc.oneof(base64, url) : fc.oneof(base64, url, id);
}

function userPart(wire: Wire): Arbitrary<UserPart> {
  const isMessages = wire === "anthropic-messages";
  return fc.oneof(
    fc.record({ type: fc.constant("text" as const), text, cache: fc.constant(null) }),
    fc.record({
      type: fc.constant("image" as const),
      source: mediaSource(wire, true),
      detail: isMessages ? fc.constant(null) : fc.constantFrom(null, "low", "high"),
      cache: fc.constant(null),
    }),
    fc.record({
      type: fc.constant("file" as const),
      source: mediaSource(wire, wire !== "openai-chat"),
      filename: maybe(word),
      cache: fc.constant(null),
    }),
  );
}

/** Puts cache marks where the wire can hold them. */
function marked<Part extends { readonly type: string }>(parts: Arbitrary<Part[]>, wire: Wire): Arbitrary<Part[]> {
  const { cache } = holds[wire];
  if (cache === "nowhere") return parts;
  return fc.tuple(parts, fc.array(cacheHint(wire), { minLength: 4, maxLength: 4 })).map(([list, hints]) =>
    list.map((part, index) => {
      const canHold = "cache" in part && (cache === "anywhere" || index === list.length - 1);
      return canHold ? { ...part, cache: hints[index % 4] ?? null } : part;
    }),
  );
}

function textParts(wire: Wire) {
  const part = fc.record({ type: fc.constant("text" as const), text, cache: fc.constant(null) });
  return marked(fc.array(part, { minLength: 1, maxLength: 2 }), wire);
}

function reasoningPart(wire: Wire): Arbitrary<AssistantPart> {
  const data = fc.base64String({ minLength: 4, maxLength: 12 });
  const signed = fc.record({
    type: fc.constant("reasoning" as const),
    text,
    opaque: fc.record({ wire: fc.constant(wire), data, redacted: fc.constant(false) }),
  });
  if (wire !== "anthropic-messages") return signed;
  const redacted = data.map(
    (sealed): AssistantPart => ({ type: "reasoning", text: "", opaque: { wire, data: sealed, redacted: true } }),
  );
  return fc.oneof(signed, redacted);
}

function toolCalls(wire: Wire, turn: number): Arbitrary<ToolCallPart[]> {
  const kind = holds[wire].custom
    ? fc.constantFrom("function" as const, "custom" as const)
    : fc.constant("function" as const);
  const call = kind.chain((chosen) =>
    fc.record({
      type: fc.constant("tool-call" as const),
      callId: fc.constant(""),
      kind: fc.constant(chosen),
      name: word,
      namespace: holds[wire].namespace ? maybe(word) : fc.constant(null),
      input: chosen === "custom" ? text : callInput,
      cache: wire === "anthropic-messages" ? cacheHint(wire) : fc.constant(null),
    }),
  );
  return fc
    .array(call, { maxLength: 3 })
    .map((calls) => calls.map((one, index) => ({ ...one, callId: `call_${turn}_${index}` })));
}

function results(wire: Wire, calls: readonly ToolCallPart[]): Arbitrary<ToolResultPart[]> {
  const part = holds[wire].resultImages
    ? userPart(wire).filter((candidate) => candidate.type !== "wire" && candidate.type !== "file")
    : fc.record({ type: fc.constant("text" as const), text, cache: fc.constant(null) });
  const result = (call: ToolCallPart) =>
    fc.record({
      type: fc.constant("tool-result" as const),
      callId: fc.constant(call.callId),
      kind: fc.constant(call.kind),
      output: fc.array(part, { minLength: 1, maxLength: 2 }) as Arbitrary<ToolResultPart["output"]>,
      isError: holds[wire].errors ? fc.boolean() : fc.constant(false),
      cache: cacheHint(wire),
    });
  return fc.tuple(...calls.map(result));
}

function assistantTurn(wire: Wire, turn: number): Arbitrary<CanonicalMessage[]> {
  const textOrRefusal: Arbitrary<AssistantPart> =
    wire === "anthropic-messages"
      ? fc.record({ type: fc.constant("text" as const), text, cache: cacheHint(wire) })
      : fc.oneof(
          fc.record({ type: fc.constant("text" as const), text, cache: fc.constant(null) }),
          fc.record({ type: fc.constant("refusal" as const), text }),
        );
  const thoughts = fc.array(reasoningPart(wire), { maxLength: 1 });
  const spoken = fc
    .array(textOrRefusal, { maxLength: 2 })
    .map((parts) => (holds[wire].anyOrder ? parts : inChatOrder(parts)));
  return fc.tuple(thoughts, spoken, toolCalls(wire, turn)).chain(([reasoning, said, calls]) => {
    const parts: AssistantPart[] = [...reasoning, ...said, ...calls];
    const order = holds[wire].anyOrder ? fc.shuffledSubarray(parts, { minLength: parts.length }) : fc.constant(parts);
    const answer = calls.length === 0 ? fc.constant([] as ToolResultPart[]) : results(wire, calls);
    return fc.tuple(order, answer).map(([content, output]): CanonicalMessage[] => {
      if (content.length === 0) return [];
      const message: CanonicalMessage = { role: "assistant", content };
      return output.length === 0 ? [message] : [message, { role: "tool", content: output }];
    });
  });
}

/** Chat holds texts first and one refusal. */
function inChatOrder(parts: readonly AssistantPart[]): AssistantPart[] {
  const refusals = parts.filter((part) => part.type === "refusal").slice(0, 1);
  return [...parts.filter((part) => part.type === "text"), ...refusals];
}

function messages(wire: Wire): Arbitrary<CanonicalMessage[]> {
  const system = textParts(wire).map((content): CanonicalMessage => ({ role: "system", content }));
  const user = marked(fc.array(userPart(wire), { minLength: 1, maxLength: 3 }), wire).map(
    (content): CanonicalMessage => ({ role: "user", content }),
  );
  const later = holds[wire].laterInstructions
    ? fc.oneof({ weight: 5, arbitrary: user }, { weight: 1, arbitrary: system })
    : user;
  const turn = (index: number) =>
    fc.tuple(later, assistantTurn(wire, index)).map(([asked, answered]) => [asked, ...answered]);
  return fc
    .tuple(fc.array(system, { maxLength: 1 }), turn(0), fc.array(fc.constant(null), { maxLength: 2 }))
    .chain(([instructions, first, more]) =>
      fc
        .tuple(
          ...more.map((_, index) => turn(index + 1)),
          user.map((last) => [last]),
        )
        .map((turns) => [...instructions, ...first, ...turns.flat()]),
    );
}

function tools(wire: Wire): Arbitrary<CanonicalTool[]> {
  const isMessages = wire === "anthropic-messages";
  const strict = wire === "openai-responses" ? fc.boolean() : isMessages ? fc.constant(null) : maybe(fc.boolean());
  const functionTool = fc.record({
    type: fc.constant("function" as const),
    name: word,
    namespace: fc.constant(null),
    description: maybe(text),
    parameters: schema,
    strict,
    cache: cacheHint(wire),
  });
  const customTool = fc.record({
    type: fc.constant("custom" as const),
    name: word,
    namespace: fc.constant(null),
    description: maybe(text),
    format: maybe(fc.constant<JsonObject>({ type: "text" })),
  });
  const tool: Arbitrary<CanonicalTool> = holds[wire].custom ? fc.oneof(functionTool, customTool) : functionTool;
  return fc.uniqueArray(tool, { maxLength: 3, selector: ({ name }) => name });
}

function responseFormat(wire: Wire): Arbitrary<ResponseFormat | null> {
  const isMessages = wire === "anthropic-messages";
  const jsonSchema = fc.record({
    type: fc.constant("json-schema" as const),
    name: isMessages ? fc.constant(null) : word,
    description: isMessages ? fc.constant(null) : maybe(text),
    schema,
    strict: isMessages ? fc.constant(null) : maybe(fc.boolean()),
  });
  if (isMessages) return maybe(jsonSchema);
  return maybe(fc.oneof(jsonSchema, fc.constantFrom({ type: "text" as const }, { type: "json" as const })));
}

function reasoning(wire: Wire): Arbitrary<ReasoningRequest | null> {
  const effort = fc.constantFrom("low", "high");
  const none = { mode: null, effort: null, budgetTokens: null, summary: null };
  if (wire === "openai-responses") {
    return maybe(
      fc.tuple(effort, maybe(fc.constant("auto"))).map(([level, summary]) => ({ ...none, effort: level, summary })),
    );
  }
  if (wire === "openai-chat") {
    return maybe(
      fc.tuple(effort, maybe(fc.nat())).map(([level, budgetTokens]) => ({ ...none, effort: level, budgetTokens })),
    );
  }
  return maybe(
    fc.oneof(
      fc.nat().map((budgetTokens): ReasoningRequest => ({ ...none, mode: "enabled", budgetTokens })),
      maybe(effort).map((level): ReasoningRequest => ({ ...none, mode: "adaptive", effort: level })),
      fc.constant<ReasoningRequest>({ ...none, mode: "disabled" }),
    ),
  );
}

/** Requests in normal form that the wire holds without loss. */
export function canonicalRequest(wire: Wire): Arbitrary<CanonicalRequest> {
  const isMessages = wire === "anthropic-messages";
  const isChat = wire === "openai-chat";
  const number = (held: boolean) => (held ? maybe(fc.integer({ min: 0, max: 100 })) : fc.constant(null));
  const fraction = maybe(fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100));
  return fc
    .record({
      model: word,
      messages: messages(wire),
      tools: tools(wire),
      toolChoice: fc.constant(null),
      parallelToolCalls: maybe(fc.boolean()),
      maxOutputTokens: isMessages ? fc.integer({ min: 1, max: 9999 }) : maybe(fc.integer({ min: 1, max: 9999 })),
      stopSequences: wire === "openai-responses" ? fc.constant([]) : fc.array(text, { maxLength: 3 }),
      sampling: fc.record({
        temperature: fraction,
        topP: fraction,
        topK: number(isMessages),
        presencePenalty: number(isChat),
        frequencyPenalty: number(isChat),
        seed: number(isChat),
      }),
      reasoning: reasoning(wire),
      responseFormat: responseFormat(wire),
      verbosity: isMessages ? fc.constant(null) : maybe(fc.constant("low")),
      metadata: isMessages ? fc.constant(null) : maybe(fc.dictionary(word, text)),
      user: maybe(word),
      promptCacheKey: isMessages ? fc.constant(null) : maybe(word),
      stream: fc.boolean(),
      includeUsage: fc.boolean(),
    })
    .chain((request) => {
      const choices = [null, { type: "auto" as const }, { type: "none" as const }, { type: "required" as const }];
      const named = request.tools.map(({ name }) => ({ type: "tool" as const, name, namespace: null }));
      const choice = request.tools.length === 0 ? fc.constant(null) : fc.constantFrom(...choices, ...named);
      return choice.map((toolChoice) => settle({ ...request, toolChoice }, wire));
    });
}

/** Takes out what contradicts itself on the wire. */
function settle(request: CanonicalRequest, wire: Wire): CanonicalRequest {
  const isChat = wire === "openai-chat";
  const isMessages = wire === "anthropic-messages";
  const forced = request.toolChoice?.type === "required" || request.toolChoice?.type === "tool";
  const thought = isMessages && forced ? null : request.reasoning;
  const thinks = isMessages && thought !== null && thought.mode !== "disabled";
  const takesParallel = isMessages
    ? request.toolChoice !== null && request.toolChoice.type !== "none"
    : request.tools.length > 0;
  return {
    ...request,
    reasoning: thought,
    sampling: thinks ? { ...request.sampling, temperature: null, topK: null } : request.sampling,
    parallelToolCalls: takesParallel ? request.parallelToolCalls : null,
    includeUsage: isChat ? request.stream && request.includeUsage : true,
  };
}
