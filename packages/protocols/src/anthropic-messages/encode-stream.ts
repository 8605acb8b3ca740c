import type { JsonObject, TokenUsage } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { FinishReason } from "../canonical/response.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import { createUpstreamError } from "../codec/upstream-error.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import { encodeStreamError } from "./encode-error.js";
import { encodeThought, omitsThoughts } from "./encode-thought.js";
import { mapToFinishReason } from "./map-finish-reason.js";
import { mapToUsage } from "./map-usage.js";
import { type BlockOrder, noBlocks, orderBlocks } from "./order-blocks.js";

interface State {
  readonly hasBegun: boolean;
  readonly order: BlockOrder;
  /** The index of each block that is open or announced, by the canonical block's kind and id. */
  readonly open: ReadonlyMap<string, number>;
  readonly blockCount: number;
  readonly hasCalls: boolean;
  readonly tokens: TokenUsage | null;
  readonly hasEnded: boolean;
}

type Step = readonly [State, readonly string[]];

/** What the encoder is told besides, where somebody counts. */
export interface StreamContext extends AnswerContext {
  /** About how many tokens the answer holds so far. */
  estimateOutputTokens?(): number;
}

/**
 * Canonical events as the full sequence of Messages events, with no type of our own
 * (docs/client-requirements.md#messages-stream-sequence).
 */
export function createStreamEncoder(context: StreamContext): StreamMachine<State, CanonicalEvent, string> {
  const step = (state: State, event: CanonicalEvent): Step => {
    if (state.hasEnded) return [state, []];
    const [order, events] = orderBlocks(state.order, event);
    let next: State = order === state.order ? state : { ...state, order };
    const [only] = events;
    if (events.length === 1 && only !== undefined) return write(next, only);
    const texts: string[] = [];
    for (const one of events) {
      const [written, more] = write(next, one);
      next = written;
      texts.push(...more);
    }
    return [next, texts];
  };
  const write = (state: State, event: CanonicalEvent): Step => {
    switch (event.type) {
      case "error": {
        const ending = encodeStreamError(createUpstreamError(event.error), context.requestId);
        return [{ ...state, hasEnded: true }, [ending]];
      }
      case "usage":
        return [{ ...state, tokens: event.usage.tokens }, []];
      case "response-metadata":
        return state.hasBegun ? [state, []] : begin(state, event.metadata.model ?? context.model, context);
      default: {
        if (state.hasBegun) return stepContent(state, event, context);
        const [begun, start] = begin(state, context.model, context);
        const [next, texts] = stepContent(begun, event, context);
        return [next, [...start, ...texts]];
      }
    }
  };
  return {
    initialState: {
      hasBegun: false,
      order: noBlocks,
      open: new Map(),
      blockCount: 0,
      hasCalls: false,
      tokens: null,
      hasEnded: false,
    },
    step,
    finish: (state) => (state.hasEnded ? [] : step(state, truncated)[1]),
  };
}

function format(event: JsonObject): string {
  return formatSseEvent(String(event.type), JSON.stringify(event));
}

function begin(state: State, model: string, context: AnswerContext): Step {
  const usage = {
    input_tokens: context.estimatedInputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: 1,
  };
  const message = {
    id: context.createId("msg_"),
    type: "message",
    role: "assistant",
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return [{ ...state, hasBegun: true }, [format({ type: "message_start", message })]];
}

function stepContent(state: State, event: CanonicalEvent, context: StreamContext): Step {
  switch (event.type) {
    case "text-start":
      return openBlock(state, `text:${event.id}`, { type: "text", text: "" });
    case "text-delta":
      return [state, [formatDelta(state, `text:${event.id}`, '"text_delta","text":', event.text)]];
    case "text-end":
      return closeBlock(state, `text:${event.id}`, []);
    case "reasoning-start":
      return [state, []];
    case "reasoning-delta":
      return omitsThoughts(context) ? [state, []] : stepReasoning(state, event.id, event.text);
    case "reasoning-end":
      return endReasoning(state, event, omitsThoughts(context));
    case "tool-input-start": {
      const block = { type: "tool_use", id: fitCallId(event.id), name: event.name, input: {} };
      return openBlock({ ...state, hasCalls: true }, `tool:${event.id}`, block);
    }
    case "tool-input-delta":
      return [state, [formatDelta(state, `tool:${event.id}`, '"input_json_delta","partial_json":', event.text)]];
    case "tool-input-end":
      return closeBlock(state, `tool:${event.id}`, []);
    case "wire-part": {
      if (event.part.wire !== "anthropic-messages") return [state, []];
      const key = `wire:${state.blockCount}`;
      const [opened, start] = openBlock(state, key, event.part.item);
      const [closed, stop] = closeBlock(opened, key, []);
      return [closed, [...start, ...stop]];
    }
    case "finish":
      return [{ ...state, hasEnded: true }, encodeFinish(state, event.finish, context)];
    default:
      return [state, []];
  }
}

function openBlock(state: State, key: string, block: JsonObject): Step {
  const index = state.blockCount;
  const open = new Map(state.open).set(key, index);
  const start = format({ type: "content_block_start", index, content_block: block });
  return [{ ...state, open, blockCount: index + 1 }, [start]];
}

/** Written by hand: most of a stream is this event. `kind` is the delta's type and the name of its one field. */
function formatDelta(state: State, key: string, kind: string, text: string): string {
  const index = state.open.get(key) ?? 0;
  const delta = `{"type":${kind}${JSON.stringify(text)}}`;
  return `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":${delta}}\n\n`;
}

function closeBlock(state: State, key: string, last: readonly string[]): Step {
  const index = state.open.get(key);
  if (index === undefined) return [state, []];
  const open = new Map(state.open);
  open.delete(key);
  return [{ ...state, open }, [...last, format({ type: "content_block_stop", index })]];
}

/** A thinking block opens with its first text (docs/client-requirements.md#empty-thinking). */
function stepReasoning(state: State, id: string, text: string): Step {
  const key = `reasoning:${id}`;
  if (text === "") return [state, []];
  if (state.open.has(key)) return [state, [formatDelta(state, key, '"thinking_delta","thinking":', text)]];
  const [opened, start] = openBlock(state, key, { type: "thinking", thinking: "", signature: "" });
  return [opened, [...start, formatDelta(opened, key, '"thinking_delta","thinking":', text)]];
}

function endReasoning(
  state: State,
  { id, opaque }: Extract<CanonicalEvent, { type: "reasoning-end" }>,
  isOmitted: boolean,
): Step {
  const key = `reasoning:${id}`;
  if (state.open.has(key)) return closeThought(state, key, sealReasoning(opaque, "anthropic-messages"));
  const block = encodeThought({ text: "", opaque }, isOmitted);
  if (block === null) return [state, []];
  const { signature } = block;
  const isSigned = typeof signature === "string";
  const [opened, start] = openBlock(state, key, isSigned ? { ...block, signature: "" } : block);
  const [closed, end] = isSigned ? closeThought(opened, key, signature) : closeBlock(opened, key, []);
  return [closed, [...start, ...end]];
}

function closeThought(state: State, key: string, seal: string): Step {
  return closeBlock(state, key, [formatDelta(state, key, '"signature_delta","signature":', seal)]);
}

function encodeFinish(state: State, finish: FinishReason, context: StreamContext): string[] {
  const closing = [...state.open.values()].map((index) => format({ type: "content_block_stop", index }));
  const delta = { stop_reason: mapToFinishReason(finish, state.hasCalls), stop_sequence: finish.stopSequence };
  const usage = state.tokens === null ? estimateUsage(context) : mapToUsage(state.tokens);
  return [...closing, format({ type: "message_delta", delta, usage }), format({ type: "message_stop" })];
}

/** The protocol wants counts also of an answer that tells none. */
function estimateUsage(context: StreamContext): JsonObject {
  const outputTokens = Math.max(1, context.estimateOutputTokens?.() ?? 1);
  return { input_tokens: context.estimatedInputTokens, output_tokens: outputTokens };
}
