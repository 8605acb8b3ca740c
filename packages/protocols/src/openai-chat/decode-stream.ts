import type { JsonObject, JsonValue, ReportedUsage } from "@copilot-llm/model";
import { isArray, isObject, parseObjectOrNull, stringOrNull } from "../body/json.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { missingCallId } from "../canonical/fill-call-ids.js";
import { mergeFinish } from "../canonical/finish-significance.js";
import type { FinishReason } from "../canonical/response.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { endTool, type OpenTool, startTool } from "../codec/open-tools.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import type { SseEvent } from "../sse/sse-reader.js";
import { endedInError } from "./error.js";
import { mapFinishReason } from "./map-finish-reason.js";
import { mapUsage } from "./map-usage.js";
import { reasoningTextFields } from "./wire.js";

interface OpenBlock {
  readonly kind: "text" | "refusal" | "reasoning";
  readonly id: string;
}

interface State {
  readonly hasMetadata: boolean;
  readonly open: OpenBlock | null;
  readonly blockCount: number;
  readonly tools: readonly OpenTool[];
  /** Every call's id so far. */
  readonly callIds: readonly string[];
  /**
   * A seal that has not been given out: it may come behind the reasoning that it closes
   * (docs/copilot-service.md#reasoning-opaque).
   */
  readonly sealed: string;
  readonly finish: FinishReason | null;
  /** A choice ended in `finish_reason: "error"`. */
  readonly failed: boolean;
  readonly usage: ReportedUsage | null;
  readonly hasEnded: boolean;
}

type Draft = { -readonly [Key in keyof State]: State[Key] };

/** Chat chunks as canonical events. Choices are parts of one answer in their order; usage may come in any chunk or none
(docs/copilot-service.md#chat-usage). */
export const streamDecoder: StreamMachine<State, SseEvent, CanonicalEvent> = {
  initialState: {
    hasMetadata: false,
    open: null,
    blockCount: 0,
    tools: [],
    callIds: [],
    sealed: "",
    finish: null,
    failed: false,
    usage: null,
    hasEnded: false,
  },

  step(state, event) {
    if (state.hasEnded) return [state, []];
    if (event.data === "[DONE]") return [{ ...state, hasEnded: true }, endAnswer(state, true)];
    const chunk = parseObjectOrNull(event.data);
    return chunk === null ? [state, []] : stepChunk(state, chunk);
  },

  finish: (state) => (state.hasEnded ? [] : endAnswer(state, false)),
};

function stepChunk(state: State, chunk: JsonObject): readonly [State, readonly CanonicalEvent[]] {
  const events: CanonicalEvent[] = [];
  const draft: Draft = { ...state };
  if (isObject(chunk.error) || typeof chunk.error === "string") {
    draft.hasEnded = true;
    return [draft, [{ type: "error", error: mapErrorInfo(chunk.error) }]];
  }
  if (!draft.hasMetadata && (typeof chunk.id === "string" || typeof chunk.model === "string")) {
    draft.hasMetadata = true;
    const createdAtSeconds = typeof chunk.created === "number" ? chunk.created : null;
    const metadata = { id: stringOrNull(chunk.id), model: stringOrNull(chunk.model), createdAtSeconds };
    events.push({ type: "response-metadata", metadata });
  }
  noteUsage(draft, chunk);
  if (isArray(chunk.choices)) for (const choice of chunk.choices) stepChoice(draft, choice, events);
  return [isSame(draft, state) ? state : draft, events];
}

/** Most chunks only bring the next words of what is open. */
function isSame(draft: State, state: State): boolean {
  return (
    draft.open === state.open &&
    draft.hasMetadata === state.hasMetadata &&
    draft.blockCount === state.blockCount &&
    draft.tools === state.tools &&
    draft.callIds === state.callIds &&
    draft.sealed === state.sealed &&
    draft.finish === state.finish &&
    draft.failed === state.failed &&
    draft.usage === state.usage
  );
}

function noteUsage(draft: Draft, chunk: JsonObject): void {
  const tokens = isObject(chunk.usage) ? mapUsage(chunk.usage) : null;
  const nanoAiu = mapNanoAiu(chunk);
  if (tokens === null && nanoAiu === null) return;
  draft.usage = { tokens: tokens ?? draft.usage?.tokens ?? null, nanoAiu: nanoAiu ?? draft.usage?.nanoAiu ?? null };
}

function stepChoice(draft: Draft, choice: JsonValue, events: CanonicalEvent[]): void {
  if (!isObject(choice)) return;
  const delta = isObject(choice.delta) ? choice.delta : {};
  for (const field of reasoningTextFields) {
    const thought = delta[field];
    if (typeof thought !== "string" || thought === "") continue;
    addText(draft, "reasoning", thought, events);
    break;
  }
  if (typeof delta.reasoning_opaque === "string" && delta.reasoning_opaque !== "")
    draft.sealed = delta.reasoning_opaque;
  if (typeof delta.content === "string" && delta.content !== "") addText(draft, "text", delta.content, events);
  if (typeof delta.refusal === "string" && delta.refusal !== "") addText(draft, "refusal", delta.refusal, events);
  if (isArray(delta.tool_calls)) {
    for (const call of delta.tool_calls) stepCall(draft, String(choice.index ?? 0), call, events);
  }
  if (typeof choice.finish_reason === "string") {
    draft.failed ||= choice.finish_reason === "error";
    draft.finish = mergeFinish(draft.finish, mapFinishReason(choice.finish_reason));
  }
}

function addText(draft: Draft, kind: OpenBlock["kind"], text: string, events: CanonicalEvent[]): void {
  let { open } = draft;
  if (open?.kind !== kind) {
    closeBlock(draft, events);
    open = { kind, id: String(draft.blockCount) };
    draft.open = open;
    draft.blockCount += 1;
    events.push(
      kind === "reasoning" ? { type: "reasoning-start", id: open.id } : { type: "text-start", id: open.id, kind },
    );
  }
  events.push({ type: kind === "reasoning" ? "reasoning-delta" : "text-delta", id: open.id, text });
}

function closeBlock(draft: Draft, events: CanonicalEvent[]): void {
  const { open } = draft;
  draft.open = null;
  if (open === null) return;
  if (open.kind !== "reasoning") {
    events.push({ type: "text-end", id: open.id });
    return;
  }
  events.push({ type: "reasoning-end", id: open.id, opaque: unsealReasoning(draft.sealed, "openai-chat") });
  draft.sealed = "";
}

function stepCall(draft: Draft, choiceIndex: string, call: JsonValue, events: CanonicalEvent[]): void {
  if (!isObject(call)) return;
  const isCustom = call.type === "custom" || isObject(call.custom);
  const holder = isCustom ? call.custom : call.function;
  const called = isObject(holder) ? holder : {};
  const input = stringOrNull(isCustom ? called.input : called.arguments) ?? "";
  const name = stringOrNull(called.name) ?? "";
  const key = keyOf(draft, choiceIndex, call, name);
  const known = draft.tools.find((tool) => tool.key === key);
  const callId = stringOrNull(call.id) ?? "";
  const isNew = known === undefined || (callId !== "" && name !== "" && callId !== known.wireId);
  if (isNew) {
    if (name === "") return;
    closeBlock(draft, events);
    endCompleteTools(draft, events, known?.key ?? null);
    const id = callId === "" || draft.callIds.includes(callId) ? `${missingCallId}${key}` : callId;
    const kind = isCustom ? "custom" : "function";
    const tool: OpenTool = { key, wireId: callId, callId: id, kind, name, namespace: null, input };
    draft.tools = [...draft.tools, tool];
    draft.callIds = [...draft.callIds, id];
    events.push(startTool(tool));
    if (input !== "") events.push({ type: "tool-input-delta", id, text: input });
  } else if (input !== "") {
    draft.tools = draft.tools.map((tool) => (tool === known ? { ...tool, input: tool.input + input } : tool));
    events.push({ type: "tool-input-delta", id: known.callId, text: input });
  }
}

/**
 * What tells the calls of a choice apart. A fragment that names neither its place nor its call goes on with the last one,
 * unless it begins another.
 */
function keyOf({ tools, callIds }: Draft, choiceIndex: string, call: JsonObject, name: string): string {
  const named = call.index ?? (call.id === "" ? null : call.id);
  if (named !== undefined && named !== null) return `${choiceIndex}:${String(named)}`;
  const last = tools.findLast(({ key }) => key.startsWith(`${choiceIndex}:`));
  const begins = last === undefined || (name !== "" && (name !== last.name || isWholeJson(last.input)));
  return begins ? `${choiceIndex}:unnamed ${callIds.length}` : last.key;
}

/** Parallel calls come one after the other as a rule; a call whose input is not whole JSON yet stays open. */
function endCompleteTools(draft: Draft, events: CanonicalEvent[], replacedKey: string | null): void {
  const isComplete = (tool: OpenTool): boolean => tool.key === replacedKey || isWholeJson(tool.input);
  for (const tool of draft.tools) if (isComplete(tool)) events.push(...endTool(tool));
  draft.tools = draft.tools.filter((tool) => !isComplete(tool));
}

function isWholeJson(text: string): boolean {
  return text !== "" && parseObjectOrNull(text) !== null;
}

function endAnswer(state: State, sawDone: boolean): CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  const draft: Draft = { ...state };
  const usage: CanonicalEvent[] = draft.usage === null ? [] : [{ type: "usage", usage: draft.usage }];
  // What was cut stays open: clients take what is closed for whole.
  if (draft.finish === null && !sawDone) return [...usage, truncated];
  if (draft.failed) return [...usage, { type: "error", error: endedInError }];
  closeBlock(draft, events);
  if (draft.sealed !== "") addLateSeal(draft, events);
  for (const tool of draft.tools) events.push(...endTool(tool));
  const unified = draft.callIds.length > 0 ? "tool-calls" : "stop";
  const finish: FinishReason = draft.finish ?? { unified, raw: null, stopSequence: null };
  return [...events, ...usage, { type: "finish", finish }];
}

function addLateSeal(draft: Draft, events: CanonicalEvent[]): void {
  const id = String(draft.blockCount);
  const opaque = unsealReasoning(draft.sealed, "openai-chat");
  events.push({ type: "reasoning-start", id }, { type: "reasoning-end", id, opaque });
}
