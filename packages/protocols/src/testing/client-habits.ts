import type { JsonObject } from "@copilot-llm/model";
import fc, { type Arbitrary } from "fast-check";
import type { TextPart, UserPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalRequest } from "../canonical/request.js";

/** A request as some clients make it: allowed by their own API, or at least met. */
export type Habit = (request: CanonicalRequest) => CanonicalRequest;

const schemaNode: Arbitrary<JsonObject> = fc.letrec<{ node: JsonObject }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthIdentifier: "schema" },
    fc.constantFrom<JsonObject>(
      { type: "string", minLength: 1, maxLength: 9 },
      { type: ["string", "null"] },
      { type: "array" },
      { type: "array", enum: ["a", "b"], minItems: 1 },
      { type: "integer", minimum: 0, exclusiveMaximum: 9 },
      { type: "object" },
      {},
    ),
    fc.record({ type: fc.constant("array"), items: tie("node") }),
    fc.record({ type: fc.constant("array"), items: fc.constant<JsonObject>({ type: ["number", "string", "null"] }) }),
    fc.record({
      type: fc.constant("object"),
      properties: fc.dictionary(fc.constantFrom("a", "b", "items"), tie("node")),
    }),
    fc.record({ anyOf: fc.array(tie("node"), { minLength: 1, maxLength: 2 }) }),
  ),
})).node;

const toolSchema: Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom<JsonObject>({ type: "object" }, {}),
  fc.record({ type: fc.constant("object"), properties: fc.dictionary(fc.constantFrom("x", "y"), schemaNode) }),
);

const answerSchema: Arbitrary<JsonObject> = fc.record({
  type: fc.constant("object"),
  properties: fc.dictionary(fc.constantFrom("x", "y"), schemaNode),
});

const withTools =
  (schema: JsonObject, description: string): Habit =>
  (request) => ({
    ...request,
    tools: [
      { type: "function", name: "wild", namespace: null, description, parameters: schema, strict: null, cache: null },
    ],
    toolChoice: null,
  });

const withForcedTool: Habit = (request) =>
  request.tools.length === 0 ? request : { ...request, toolChoice: { type: "required" } };

const withAnswerSchema =
  (schema: JsonObject): Habit =>
  (request) => ({
    ...request,
    responseFormat: { type: "json-schema", name: "answer", description: null, schema, strict: null },
  });

const withStops =
  (stopSequences: readonly string[]): Habit =>
  (request) => ({ ...request, stopSequences });

const withSampling =
  (temperature: number | null, topP: number | null): Habit =>
  (request) => ({
    ...request,
    sampling: { ...request.sampling, temperature, topP },
  });

/** Calls are counted anew in every turn. */
const withRepeatedIds: Habit = (request) => ({
  ...request,
  messages: request.messages.map((message): CanonicalMessage => {
    if (message.role === "assistant") {
      const content = message.content.map((part) =>
        part.type === "tool-call" ? { ...part, callId: shortId(part.callId) } : part,
      );
      return { role: "assistant", content };
    }
    if (message.role !== "tool") return message;
    return { role: "tool", content: message.content.map((part) => ({ ...part, callId: shortId(part.callId) })) };
  }),
});

function shortId(callId: string): string {
  return `call_${callId.split("_").at(-1)}`;
}

const said = (text: string): CanonicalMessage => ({ role: "user", content: [{ type: "text", text, cache: null }] });

/** The user speaks before the results are there. */
const withInterruption: Habit = (request) => ({
  ...request,
  messages: request.messages.flatMap((message) => (message.role === "tool" ? [said("hold on"), message] : [message])),
});

const withoutResults: Habit = (request) => ({
  ...request,
  messages: request.messages.filter(({ role }) => role !== "tool"),
});

const withBlankText: Habit = (request) => ({ ...request, messages: [...request.messages, said(" \n")] });

const withPrefill: Habit = (request) => ({
  ...request,
  messages: [
    ...request.messages,
    { role: "assistant", content: [{ type: "text", text: "The answer is ", cache: null }] },
  ],
});

const beginningWithTheAssistant: Habit = (request) => ({
  ...request,
  messages: [{ role: "assistant", content: [{ type: "text", text: "Hello!", cache: null }] }, ...request.messages],
});

const withTextFile: Habit = (request) => {
  const data = Buffer.from("a,b\n1,2\n").toString("base64");
  const part: UserPart = {
    type: "file",
    source: { kind: "base64", mediaType: "text/csv", data },
    filename: null,
    cache: null,
  };
  return { ...request, messages: [...request.messages, { role: "user", content: [part] }] };
};

const habit: Arbitrary<Habit> = fc.oneof(
  fc.tuple(toolSchema, fc.constantFrom("", "Wild.")).map(([schema, description]) => withTools(schema, description)),
  answerSchema.map(withAnswerSchema),
  fc.constantFrom(["\n"], ["\n\n", "END"], ["1", "2", "3", "4", "5"]).map(withStops),
  fc
    .tuple(fc.constantFrom(null, 0, 0.5, 1), fc.constantFrom(null, 0.5, 1))
    .map(([temperature, topP]) => withSampling(temperature, topP)),
  fc.constantFrom(
    withForcedTool,
    withRepeatedIds,
    withInterruption,
    withoutResults,
    withBlankText,
    withPrefill,
    beginningWithTheAssistant,
    withTextFile,
  ),
);

/** Everything that is sent is in the body: what only a URL or an id names becomes text. */
export const withoutHeldFiles: Habit = (request) => {
  const show = <Part extends UserPart>(part: Part): Part | TextPart =>
    "source" in part && part.source.kind !== "base64" ? { type: "text", text: "a file", cache: null } : part;
  return {
    ...request,
    messages: request.messages.map((message): CanonicalMessage => {
      if (message.role === "user") return { ...message, content: message.content.map(show) };
      if (message.role !== "tool") return message;
      return {
        role: "tool",
        content: message.content.map((result) => ({ ...result, output: result.output.map(show) })),
      };
    }),
  };
};

/** A few habits at once. */
export const clientHabits: Arbitrary<Habit> = fc
  .array(habit, { maxLength: 5 })
  .map((habits) => (request) => habits.reduce((changed, change) => change(changed), request));
