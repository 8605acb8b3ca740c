import type { JsonObject, TokenUsage, UpstreamErrorInfo } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { AssistantPart } from "../canonical/part.js";
import type { FinishReason } from "../canonical/response.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import { createUpstreamError } from "../codec/upstream-error.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import { encodeEnding, encodeEnvelope, encodeItem, encodeTextPart } from "./encode-response.js";
import { encodeFailure } from "./encode-stream-error.js";

/** A block that is open: its item's id and place, and the text so far. */
interface OpenBlock {
  readonly itemId: string;
  readonly outputIndex: number;
  readonly kind: "text" | "refusal" | "reasoning" | "function" | "custom";
  readonly text: string;
}

interface State {
  /** The response object as its first event shows it; null before that. */
  readonly envelope: JsonObject | null;
  readonly sequenceNumber: number;
  readonly open: ReadonlyMap<string, OpenBlock>;
  /** Complete items by their place; a place is taken when the item begins. */
  readonly output: ReadonlyMap<number, JsonObject>;
  readonly outputCount: number;
  readonly tokens: TokenUsage | null;
  readonly hasEnded: boolean;
}

type Step = readonly [State, readonly string[]];

/**
 * Canonical events as the full sequence of Responses events, with no type of our own
 * (docs/client-requirements.md#responses-stream-sequence).
 */
export function createStreamEncoder(context: AnswerContext): StreamMachine<State, CanonicalEvent, string> {
  const step = (state: State, event: CanonicalEvent): Step => {
    if (state.hasEnded) return [state, []];
    if (event.type === "usage") return [{ ...state, tokens: event.usage.tokens }, []];
    if (state.envelope !== null) return stepContent(state, event, context);
    const metadata = event.type === "response-metadata" ? event.metadata : { createdAtSeconds: null, model: null };
    const envelope = encodeEnvelope(metadata, context);
    const [begun, start] = emit({ ...state, envelope }, [
      { type: "response.created", response: envelope },
      { type: "response.in_progress", response: envelope },
    ]);
    const [next, texts] = stepContent(begun, event, context);
    return [next, [...start, ...texts]];
  };
  return {
    initialState: {
      envelope: null,
      sequenceNumber: 0,
      open: new Map(),
      output: new Map(),
      outputCount: 0,
      tokens: null,
      hasEnded: false,
    },
    step,
    finish: (state) => (state.hasEnded ? [] : step(state, truncated)[1]),
  };
}

/** Numbers the events and writes them. */
function emit(state: State, events: readonly JsonObject[]): Step {
  let { sequenceNumber } = state;
  const texts = events.map((event) => {
    const type = String(event.type);
    const text = formatSseEvent(type, JSON.stringify({ ...event, sequence_number: sequenceNumber }));
    sequenceNumber += 1;
    return text;
  });
  return [{ ...state, sequenceNumber }, texts];
}

function stepContent(state: State, event: CanonicalEvent, context: AnswerContext): Step {
  switch (event.type) {
    case "text-start":
      return openText(state, event.id, event.kind, context);
    case "text-delta":
      return addDelta(state, `text:${event.id}`, event.text);
    case "text-end":
      return closeText(state, `text:${event.id}`, context);
    case "reasoning-start":
      return openItem(state, `reasoning:${event.id}`, "reasoning", context.createId("rs_"), {
        type: "reasoning",
        summary: [],
      });
    case "reasoning-delta":
      return addThought(state, `reasoning:${event.id}`, event.text);
    case "reasoning-end":
      return closeReasoning(state, event, context);
    case "tool-input-start": {
      const isCustom = event.kind === "custom";
      const call = { call_id: fitCallId(event.id), name: event.name, namespace: event.namespace };
      const item = isCustom
        ? { type: "custom_tool_call", status: "in_progress", ...call, input: "" }
        : { type: "function_call", status: "in_progress", ...call, arguments: "" };
      return openItem(
        state,
        `tool:${event.id}`,
        event.kind,
        context.createId(isCustom ? "ctc_" : "fc_"),
        withoutNulls(item),
      );
    }
    case "tool-input-delta":
      return addDelta(state, `tool:${event.id}`, event.text);
    case "tool-call":
      return closeCall(state, event.call, context);
    case "wire-part": {
      if (event.part.wire !== "openai-responses") return [state, []];
      const outputIndex = state.outputCount;
      const { item } = event.part;
      const output = new Map(state.output).set(outputIndex, item);
      return emit({ ...state, outputCount: outputIndex + 1, output }, [
        { type: "response.output_item.added", output_index: outputIndex, item },
        { type: "response.output_item.done", output_index: outputIndex, item },
      ]);
    }
    case "finish":
      return end(state, event.finish);
    case "error":
      return fail(state, event.error, context);
    default:
      return [state, []];
  }
}

function openItem(state: State, key: string, kind: OpenBlock["kind"], itemId: string, item: JsonObject): Step {
  const outputIndex = state.outputCount;
  const open = new Map(state.open).set(key, { itemId, outputIndex, kind, text: "" });
  const added = { type: "response.output_item.added", output_index: outputIndex, item: { id: itemId, ...item } };
  return emit({ ...state, open, outputCount: outputIndex + 1 }, [added]);
}

function openText(state: State, id: string, kind: "text" | "refusal", context: AnswerContext): Step {
  const itemId = context.createId("msg_");
  const item = { type: "message", status: "in_progress", role: "assistant", content: [] };
  const [opened, added] = openItem(state, `text:${id}`, kind, itemId, item);
  const part = encodeTextPart({ type: kind, text: "", cache: null });
  const place = { item_id: itemId, output_index: opened.outputCount - 1, content_index: 0 };
  const [next, texts] = emit(opened, [{ type: "response.content_part.added", ...place, part }]);
  return [next, [...added, ...texts]];
}

const deltaTypes: Readonly<Record<OpenBlock["kind"], string>> = {
  text: "response.output_text",
  refusal: "response.refusal",
  reasoning: "response.reasoning_summary_text",
  function: "response.function_call_arguments",
  custom: "response.custom_tool_call_input",
};

const deltaPlaces: Readonly<Record<OpenBlock["kind"], string>> = {
  text: ',"content_index":0,"logprobs":[]',
  refusal: ',"content_index":0',
  reasoning: ',"summary_index":0',
  function: "",
  custom: "",
};

/** Written by hand: most of a stream is this event. */
function addDelta(state: State, key: string, text: string): Step {
  const block = state.open.get(key);
  if (block === undefined) return [state, []];
  const open = new Map(state.open).set(key, { ...block, text: block.text + text });
  const type = `${deltaTypes[block.kind]}.delta`;
  const place = `"item_id":"${block.itemId}","output_index":${block.outputIndex}${deltaPlaces[block.kind]}`;
  const data = `{"type":"${type}",${place},"delta":${JSON.stringify(text)},"sequence_number":${state.sequenceNumber}}`;
  return [{ ...state, open, sequenceNumber: state.sequenceNumber + 1 }, [`event: ${type}\ndata: ${data}\n\n`]];
}

/** The summary's part opens with its first text. */
function addThought(state: State, key: string, text: string): Step {
  const block = state.open.get(key);
  if (block === undefined || text === "") return [state, []];
  if (block.text !== "") return addDelta(state, key, text);
  const place = { item_id: block.itemId, output_index: block.outputIndex, summary_index: 0 };
  const part = { type: "summary_text", text: "" };
  const [opened, added] = emit(state, [{ type: "response.reasoning_summary_part.added", ...place, part }]);
  const [next, texts] = addDelta(opened, key, text);
  return [next, [...added, ...texts]];
}

function closeBlock(
  state: State,
  key: string,
  block: OpenBlock,
  part: AssistantPart,
  context: AnswerContext,
  before: readonly JsonObject[],
): Step {
  const open = new Map(state.open);
  open.delete(key);
  const item = encodeItem(part, context, block.itemId)[0] ?? { id: block.itemId, type: "reasoning", summary: [] };
  const output = new Map(state.output).set(block.outputIndex, item);
  const done = { type: "response.output_item.done", output_index: block.outputIndex, item };
  return emit({ ...state, open, output }, [...before, done]);
}

function closeText(state: State, key: string, context: AnswerContext): Step {
  const block = state.open.get(key);
  if (block === undefined || (block.kind !== "text" && block.kind !== "refusal")) return [state, []];
  const { text, kind } = block;
  const place = { item_id: block.itemId, output_index: block.outputIndex, content_index: 0 };
  const part = { type: kind, text, cache: null } as const;
  const whole = kind === "text" ? { text, logprobs: [] } : { refusal: text };
  return closeBlock(state, key, block, part, context, [
    { type: `${deltaTypes[kind]}.done`, ...place, ...whole },
    { type: "response.content_part.done", ...place, part: encodeTextPart(part) },
  ]);
}

function closeReasoning(
  state: State,
  event: Extract<CanonicalEvent, { type: "reasoning-end" }>,
  context: AnswerContext,
): Step {
  const key = `reasoning:${event.id}`;
  const block = state.open.get(key);
  if (block === undefined) return [state, []];
  const { text } = block;
  const place = { item_id: block.itemId, output_index: block.outputIndex, summary_index: 0 };
  const shown = [
    { type: "response.reasoning_summary_text.done", ...place, text },
    { type: "response.reasoning_summary_part.done", ...place, part: { type: "summary_text", text } },
  ];
  const part = { type: "reasoning", text, opaque: event.opaque } as const;
  return closeBlock(state, key, block, part, context, text === "" ? [] : shown);
}

function closeCall(state: State, call: Extract<AssistantPart, { type: "tool-call" }>, context: AnswerContext): Step {
  const key = `tool:${call.callId}`;
  const block = state.open.get(key);
  if (block === undefined || (block.kind !== "function" && block.kind !== "custom")) return [state, []];
  const place = { item_id: block.itemId, output_index: block.outputIndex };
  const whole = call.kind === "custom" ? { input: call.input } : { arguments: call.input, name: call.name };
  return closeBlock(state, key, block, call, context, [{ type: `${deltaTypes[block.kind]}.done`, ...place, ...whole }]);
}

function completeOutput(state: State): JsonObject[] {
  return [...state.output].sort(([left], [right]) => left - right).map(([, item]) => item);
}

function end(state: State, finish: FinishReason): Step {
  const ending = encodeEnding(finish, state.tokens, completeOutput(state));
  const response = { ...state.envelope, ...ending };
  const [next, texts] = emit(state, [{ type: `response.${String(ending.status)}`, response }]);
  return [{ ...next, hasEnded: true }, texts];
}

function fail(state: State, upstream: UpstreamErrorInfo, context: AnswerContext): Step {
  const error = encodeFailure(createUpstreamError(upstream), context.requestId);
  const response = { ...state.envelope, status: "failed", error, output: completeOutput(state) };
  const [next, texts] = emit(state, [{ type: "response.failed", response }]);
  return [{ ...next, hasEnded: true }, texts];
}
