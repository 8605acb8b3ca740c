import type { JsonObject, ReportedUsage } from "@copilot-llm/model";
import { readObjectOrNull, writeJson } from "../body/exact-json.js";
import { isObject, objectOrNull, parseObjectOrNull, stringOrNull } from "../body/json.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { missingCallId } from "../canonical/fill-call-ids.js";
import type { WirePart } from "../canonical/part.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { endTool, type OpenTool, startTool } from "../codec/open-tools.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import type { SseEvent } from "../sse/sse-reader.js";
import { mapFinishReason } from "./map-finish-reason.js";
import { mapUsage, mergeUsage } from "./map-usage.js";

type OpenBlock =
  | { readonly kind: "text" }
  | { readonly kind: "reasoning"; readonly sealed: string; readonly redacted: boolean }
  | { readonly kind: "tool"; readonly tool: OpenTool; readonly startInput: string }
  | { readonly kind: "wire"; readonly part: WirePart };

interface State {
  readonly blocks: ReadonlyMap<string, OpenBlock>;
  readonly usage: JsonObject | null;
  readonly nanoAiu: number | null;
  readonly stopReason: string | null;
  readonly stopSequence: string | null;
  readonly hasEnded: boolean;
}

type Step = readonly [State, readonly CanonicalEvent[]];

/** Messages events as canonical ones. `message_stop` may be missing when `message_delta` told the reason. */
export const streamDecoder: StreamMachine<State, SseEvent, CanonicalEvent> = {
  initialState: {
    blocks: new Map(),
    usage: null,
    nanoAiu: null,
    stopReason: null,
    stopSequence: null,
    hasEnded: false,
  },

  step(state, event) {
    if (state.hasEnded) return [state, []];
    const data = parseObjectOrNull(event.data);
    if (data === null) return [state, []];
    // A call's whole input may stand in its first event.
    const isStart = data.type === "content_block_start";
    return stepEvent(state, isStart ? (readObjectOrNull(event.data) ?? data) : data);
  },

  finish: (state) => (state.hasEnded ? [] : endAnswer(state)),
};

function stepEvent(state: State, event: JsonObject): Step {
  const key = String(event.index);
  switch (event.type) {
    case "content_block_delta":
      return stepDelta(state, key, objectOrNull(event.delta) ?? {});
    case "content_block_start":
      return startBlock(state, key, objectOrNull(event.content_block) ?? {});
    case "content_block_stop":
      return endBlock(state, key);
    case "message_start": {
      const message = objectOrNull(event.message) ?? {};
      const metadata = { id: stringOrNull(message.id), model: stringOrNull(message.model), createdAtSeconds: null };
      return [noteUsage(state, message), [{ type: "response-metadata", metadata }]];
    }
    case "message_delta": {
      const delta = objectOrNull(event.delta) ?? {};
      const stopReason = stringOrNull(delta.stop_reason) ?? state.stopReason;
      const stopSequence = stringOrNull(delta.stop_sequence) ?? state.stopSequence;
      return [{ ...noteUsage(state, event), stopReason, stopSequence }, []];
    }
    case "message_stop":
      return [{ ...state, hasEnded: true }, endAnswer({ ...state, stopReason: state.stopReason ?? "end_turn" })];
    case "error":
      return [{ ...state, hasEnded: true }, [{ type: "error", error: mapErrorInfo(event.error) }]];
    default:
      return [state, []];
  }
}

function noteUsage(state: State, holder: JsonObject): State {
  const usage = isObject(holder.usage) ? mergeUsage(state.usage, holder.usage) : state.usage;
  return { ...state, usage, nanoAiu: mapNanoAiu(holder) ?? state.nanoAiu };
}

function startBlock(state: State, key: string, block: JsonObject): Step {
  const [before, closing] = state.blocks.has(key) ? endBlock(state, key) : [state, []];
  const open = (opened: OpenBlock, events: readonly CanonicalEvent[]): Step => [
    { ...before, blocks: new Map(before.blocks).set(key, opened) },
    [...closing, ...events],
  ];
  switch (block.type) {
    case "text": {
      const text = stringOrNull(block.text) ?? "";
      const start: CanonicalEvent = { type: "text-start", id: key, kind: "text" };
      return open({ kind: "text" }, text === "" ? [start] : [start, { type: "text-delta", id: key, text }]);
    }
    case "thinking":
    case "redacted_thinking": {
      const redacted = block.type === "redacted_thinking";
      const sealed = stringOrNull(redacted ? block.data : block.signature) ?? "";
      const text = stringOrNull(block.thinking) ?? "";
      const start: CanonicalEvent = { type: "reasoning-start", id: key };
      const events: CanonicalEvent[] = text === "" ? [start] : [start, { type: "reasoning-delta", id: key, text }];
      return open({ kind: "reasoning", sealed, redacted }, events);
    }
    case "tool_use": {
      const wireId = stringOrNull(block.id) ?? "";
      const callId = wireId === "" ? `${missingCallId}${key}` : wireId;
      const name = stringOrNull(block.name) ?? "";
      const tool: OpenTool = { key, wireId, callId, kind: "function", name, namespace: null, input: "" };
      // Some back-ends give the whole input here and no delta.
      const given = isObject(block.input) ? writeJson(block.input) : "{}";
      return open({ kind: "tool", tool, startInput: given === "{}" ? "" : given }, [startTool(tool)]);
    }
    default:
      return open({ kind: "wire", part: { type: "wire", wire: "anthropic-messages", item: block } }, []);
  }
}

function stepDelta(state: State, key: string, delta: JsonObject): Step {
  const block = state.blocks.get(key);
  const update = (next: OpenBlock): State => ({ ...state, blocks: new Map(state.blocks).set(key, next) });
  if (block?.kind === "text" && typeof delta.text === "string") {
    return [state, [{ type: "text-delta", id: key, text: delta.text }]];
  }
  if (block?.kind === "reasoning" && typeof delta.thinking === "string") {
    return [state, delta.thinking === "" ? [] : [{ type: "reasoning-delta", id: key, text: delta.thinking }]];
  }
  if (block?.kind === "reasoning" && typeof delta.signature === "string") {
    return [update({ ...block, sealed: block.sealed + delta.signature }), []];
  }
  if (block?.kind === "tool" && typeof delta.partial_json === "string" && delta.partial_json !== "") {
    const tool = { ...block.tool, input: block.tool.input + delta.partial_json };
    return [update({ ...block, tool }), [{ type: "tool-input-delta", id: tool.callId, text: delta.partial_json }]];
  }
  return [state, []];
}

function endBlock(state: State, key: string): Step {
  const block = state.blocks.get(key);
  if (block === undefined) return [state, []];
  const blocks = new Map(state.blocks);
  blocks.delete(key);
  return [{ ...state, blocks }, encodeBlockEnd(key, block)];
}

function encodeBlockEnd(key: string, block: OpenBlock): CanonicalEvent[] {
  switch (block.kind) {
    case "text":
      return [{ type: "text-end", id: key }];
    case "reasoning": {
      const opaque = unsealReasoning(block.sealed, "anthropic-messages", block.redacted);
      return [{ type: "reasoning-end", id: key, opaque }];
    }
    case "tool": {
      const { tool, startInput } = block;
      if (tool.input !== "" || startInput === "") return endTool(tool);
      const whole: CanonicalEvent = { type: "tool-input-delta", id: tool.callId, text: startInput };
      return [whole, ...endTool({ ...tool, input: startInput })];
    }
    case "wire":
      return [{ type: "wire-part", part: block.part }];
  }
}

function endAnswer(state: State): CanonicalEvent[] {
  // What was cut stays open: clients take what is closed for whole.
  const open = state.stopReason === null ? [] : [...state.blocks];
  const events = open.flatMap(([key, block]) => encodeBlockEnd(key, block));
  const usage: ReportedUsage = { tokens: state.usage === null ? null : mapUsage(state.usage), nanoAiu: state.nanoAiu };
  if (usage.tokens !== null || usage.nanoAiu !== null) events.push({ type: "usage", usage });
  if (state.stopReason === null) return [...events, truncated];
  return [...events, { type: "finish", finish: mapFinishReason(state.stopReason, state.stopSequence) }];
}
