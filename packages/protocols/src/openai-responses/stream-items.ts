import type { JsonObject, TokenUsage } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart } from "../canonical/part.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import { encodeItem, encodeTextPart } from "./encode-response.js";

/** A block that is open: its item's id and place, and the text so far. */
interface OpenBlock {
  readonly itemId: string;
  readonly outputIndex: number;
  readonly kind: "text" | "refusal" | "reasoning" | "function" | "custom";
  readonly text: string;
}

/** Where the encoder of one stream stands. */
export interface EncoderState {
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

export type EncoderStep = readonly [EncoderState, readonly string[]];

/** Numbers the events and writes them. */
export function emit(state: EncoderState, events: readonly JsonObject[]): EncoderStep {
  let { sequenceNumber } = state;
  const texts = events.map((event) => {
    const type = String(event.type);
    const text = formatSseEvent(type, JSON.stringify({ ...event, sequence_number: sequenceNumber }));
    sequenceNumber += 1;
    return text;
  });
  return [{ ...state, sequenceNumber }, texts];
}

/** Begins an item: it takes the next place. */
export function openItem(
  state: EncoderState,
  key: string,
  kind: OpenBlock["kind"],
  itemId: string,
  item: JsonObject,
): EncoderStep {
  const outputIndex = state.outputCount;
  const open = new Map(state.open).set(key, { itemId, outputIndex, kind, text: "" });
  const added = { type: "response.output_item.added", output_index: outputIndex, item: { id: itemId, ...item } };
  return emit({ ...state, open, outputCount: outputIndex + 1 }, [added]);
}

/** Begins a message of one text. */
export function openText(
  state: EncoderState,
  id: string,
  kind: "text" | "refusal",
  context: AnswerContext,
): EncoderStep {
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
export function addDelta(state: EncoderState, key: string, text: string): EncoderStep {
  const block = state.open.get(key);
  if (block === undefined) return [state, []];
  const open = new Map(state.open).set(key, { ...block, text: block.text + text });
  const type = `${deltaTypes[block.kind]}.delta`;
  const place = `"item_id":"${block.itemId}","output_index":${block.outputIndex}${deltaPlaces[block.kind]}`;
  const data = `{"type":"${type}",${place},"delta":${JSON.stringify(text)},"sequence_number":${state.sequenceNumber}}`;
  return [{ ...state, open, sequenceNumber: state.sequenceNumber + 1 }, [`event: ${type}\ndata: ${data}\n\n`]];
}

/** The summary's part opens with its first text. */
export function addThought(state: EncoderState, key: string, text: string): EncoderStep {
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
  state: EncoderState,
  key: string,
  block: OpenBlock,
  part: AssistantPart,
  context: AnswerContext,
  before: readonly JsonObject[],
): EncoderStep {
  const open = new Map(state.open);
  open.delete(key);
  const item = encodeItem(part, context, block.itemId)[0] ?? { id: block.itemId, type: "reasoning", summary: [] };
  const output = new Map(state.output).set(block.outputIndex, item);
  const done = { type: "response.output_item.done", output_index: block.outputIndex, item };
  return emit({ ...state, open, output }, [...before, done]);
}

export function closeText(state: EncoderState, key: string, context: AnswerContext): EncoderStep {
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

export function closeReasoning(
  state: EncoderState,
  event: Extract<CanonicalEvent, { type: "reasoning-end" }>,
  context: AnswerContext,
): EncoderStep {
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

export function closeCall(
  state: EncoderState,
  call: Extract<AssistantPart, { type: "tool-call" }>,
  context: AnswerContext,
): EncoderStep {
  const key = `tool:${call.callId}`;
  const block = state.open.get(key);
  if (block === undefined || (block.kind !== "function" && block.kind !== "custom")) return [state, []];
  const place = { item_id: block.itemId, output_index: block.outputIndex };
  const whole = call.kind === "custom" ? { input: call.input } : { arguments: call.input, name: call.name };
  return closeBlock(state, key, block, call, context, [{ type: `${deltaTypes[block.kind]}.done`, ...place, ...whole }]);
}
