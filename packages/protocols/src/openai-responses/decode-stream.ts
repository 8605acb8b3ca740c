import type { JsonObject, ReportedUsage } from "@copilot-llm/model";
import { isArray, isObject, objectOrNull, parseObjectOrNull, stringOrNull } from "../body/json.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { missingCallId } from "../canonical/fill-call-ids.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { endTool, type OpenTool, startTool } from "../codec/open-tools.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import { truncated } from "../codec/truncated.js";
import type { SseEvent } from "../sse/sse-reader.js";
import { decodeOpaque, decodeReasoningText } from "./decode-response.js";
import { mapFinishReason } from "./map-finish-reason.js";
import { mapUsage } from "./map-usage.js";

/**
 * An output item under way. Items are told apart by `output_index`, because their ids rotate
 * (docs/copilot-service.md#rotating-item-ids).
 */
type OpenItem =
  | {
      readonly kind: "message";
      readonly open: { readonly id: string; readonly key: string } | null;
      readonly seen: boolean;
    }
  | { readonly kind: "reasoning"; readonly hasText: boolean; readonly part: string }
  | { readonly kind: "tool"; readonly tool: OpenTool }
  | { readonly kind: "other" };

interface State {
  readonly hasMetadata: boolean;
  readonly items: ReadonlyMap<string, OpenItem>;
  readonly hasCalls: boolean;
  /** The model declined without a word. */
  readonly refused: boolean;
  readonly hasEnded: boolean;
}

type Step = readonly [State, readonly CanonicalEvent[]];

/** Responses events as canonical ones. What no delta brought is taken from the item's last event. */
export const streamDecoder: StreamMachine<State, SseEvent, CanonicalEvent> = {
  initialState: { hasMetadata: false, items: new Map(), hasCalls: false, refused: false, hasEnded: false },

  step(state, event) {
    if (state.hasEnded) return [state, []];
    const data = parseObjectOrNull(event.data);
    return data === null ? [state, []] : stepEvent(state, data);
  },

  // What was cut stays open: clients take what is closed for whole.
  finish: (state) => (state.hasEnded ? [] : [truncated]),
};

function stepEvent(state: State, event: JsonObject): Step {
  const key = String(event.output_index);
  switch (event.type) {
    case "response.output_text.delta":
      return addText(state, key, `${key}:${String(event.content_index)}`, "text", stringOrNull(event.delta) ?? "");
    case "response.refusal.delta":
      return addText(state, key, `${key}:${String(event.content_index)}`, "refusal", stringOrNull(event.delta) ?? "");
    case "response.reasoning_summary_text.delta":
      return addThought(state, key, String(event.summary_index), stringOrNull(event.delta) ?? "");
    case "response.reasoning_text.delta":
      return addThought(state, key, String(event.content_index), stringOrNull(event.delta) ?? "");
    case "response.function_call_arguments.delta":
    case "response.custom_tool_call_input.delta":
      return addInput(state, key, stringOrNull(event.delta) ?? "");
    case "response.output_item.added":
      return startItem(state, key, objectOrNull(event.item) ?? {});
    case "response.output_item.done":
      return endItem(state, key, objectOrNull(event.item) ?? {});
    case "response.created":
    case "response.in_progress":
      return noteMetadata(state, objectOrNull(event.response) ?? {});
    case "response.completed":
    case "response.incomplete":
      return endAnswer(state, event);
    case "response.failed":
      return [{ ...state, hasEnded: true }, endFailed(event, objectOrNull(event.response)?.error)];
    case "error":
      return [{ ...state, hasEnded: true }, endFailed(event, isObject(event.error) ? event.error : event)];
    default:
      return [state, []];
  }
}

function withItem(state: State, key: string, item: OpenItem): State {
  return { ...state, items: new Map(state.items).set(key, item) };
}

function noteMetadata(state: State, response: JsonObject): Step {
  if (state.hasMetadata) return [state, []];
  const createdAtSeconds = typeof response.created_at === "number" ? response.created_at : null;
  const metadata = { id: stringOrNull(response.id), model: stringOrNull(response.model), createdAtSeconds };
  return [{ ...state, hasMetadata: true }, [{ type: "response-metadata", metadata }]];
}

function startItem(state: State, key: string, item: JsonObject): Step {
  switch (item.type) {
    case "message":
      return [withItem(state, key, { kind: "message", open: null, seen: false }), []];
    case "reasoning":
      return [
        withItem(state, key, { kind: "reasoning", hasText: false, part: "" }),
        [{ type: "reasoning-start", id: key }],
      ];
    case "function_call":
    case "custom_tool_call": {
      const tool = decodeTool(key, item);
      return [{ ...withItem(state, key, { kind: "tool", tool }), hasCalls: true }, [startTool(tool)]];
    }
    default:
      return [withItem(state, key, { kind: "other" }), []];
  }
}

function decodeTool(key: string, item: JsonObject): OpenTool {
  const wireId = stringOrNull(item.call_id) ?? "";
  return {
    key,
    wireId,
    callId: wireId === "" ? `${missingCallId}${key}` : wireId,
    kind: item.type === "custom_tool_call" ? "custom" : "function",
    name: stringOrNull(item.name) ?? "",
    namespace: stringOrNull(item.namespace),
    input: "",
  };
}

function addText(state: State, key: string, part: string, kind: "text" | "refusal", text: string): Step {
  if (text === "") return [state, []];
  const item = state.items.get(key);
  const open = item?.kind === "message" ? item.open : null;
  if (open?.key === part) return [state, [{ type: "text-delta", id: open.id, text }]];
  const closing: CanonicalEvent[] = open === null ? [] : [{ type: "text-end", id: open.id }];
  const next = withItem(state, key, { kind: "message", open: { id: part, key: part }, seen: true });
  return [next, [...closing, { type: "text-start", id: part, kind }, { type: "text-delta", id: part, text }]];
}

function addThought(state: State, key: string, part: string, text: string): Step {
  if (text === "") return [state, []];
  const item = state.items.get(key);
  if (item?.kind !== "reasoning") {
    const started = withItem(state, key, { kind: "reasoning", hasText: true, part });
    return [
      started,
      [
        { type: "reasoning-start", id: key },
        { type: "reasoning-delta", id: key, text },
      ],
    ];
  }
  if (item.hasText && item.part === part) return [state, [{ type: "reasoning-delta", id: key, text }]];
  const separated = item.hasText ? `\n\n${text}` : text;
  const next = withItem(state, key, { kind: "reasoning", hasText: true, part });
  return [next, [{ type: "reasoning-delta", id: key, text: separated }]];
}

function addInput(state: State, key: string, text: string): Step {
  const item = state.items.get(key);
  if (item?.kind !== "tool" || text === "") return [state, []];
  const tool = { ...item.tool, input: item.tool.input + text };
  return [withItem(state, key, { kind: "tool", tool }), [{ type: "tool-input-delta", id: tool.callId, text }]];
}

function endItem(state: State, key: string, item: JsonObject): Step {
  const [begun, start] = state.items.has(key) ? [state, []] : startItem(state, key, item);
  const open = begun.items.get(key);
  const items = new Map(begun.items);
  items.delete(key);
  const next = { ...begun, items, refused: begun.refused || isEmptyRefusal(item) };
  return [next, [...start, ...encodeItemEnd(key, open ?? { kind: "other" }, item)]];
}

function isEmptyRefusal({ content }: JsonObject): boolean {
  return isArray(content) && content.some((part) => isObject(part) && part.type === "refusal" && part.refusal === "");
}

function encodeItemEnd(key: string, open: OpenItem, item: JsonObject): CanonicalEvent[] {
  switch (open.kind) {
    case "message":
      if (open.open !== null) return [{ type: "text-end", id: open.open.id }];
      return open.seen || !isArray(item.content)
        ? []
        : item.content.flatMap((part, index) => encodeWholeText(key, index, part));
    case "reasoning": {
      const text = open.hasText ? "" : decodeReasoningText(item);
      const whole: CanonicalEvent[] = text === "" ? [] : [{ type: "reasoning-delta", id: key, text }];
      return [...whole, { type: "reasoning-end", id: key, opaque: decodeOpaque(item) }];
    }
    case "tool": {
      const input = stringOrNull(open.tool.kind === "custom" ? item.input : item.arguments) ?? "";
      if (open.tool.input !== "" || input === "") return endTool(open.tool);
      const whole: CanonicalEvent = { type: "tool-input-delta", id: open.tool.callId, text: input };
      return [whole, ...endTool({ ...open.tool, input })];
    }
    case "other":
      return item.type === undefined
        ? []
        : [{ type: "wire-part", part: { type: "wire", wire: "openai-responses", item } }];
  }
}

function encodeWholeText(key: string, index: number, part: unknown): CanonicalEvent[] {
  if (!isObject(part)) return [];
  const kind = part.type === "refusal" ? "refusal" : "text";
  const text = stringOrNull(kind === "refusal" ? part.refusal : part.text) ?? "";
  const id = `${key}:${index}`;
  if (text === "") return [];
  return [
    { type: "text-start", id, kind },
    { type: "text-delta", id, text },
    { type: "text-end", id },
  ];
}

/** Ends what the upstream left open, but for calls, which nobody must run on half an input. */
function closeOpen(state: State): CanonicalEvent[] {
  return [...state.items].flatMap(([key, item]) => (item.kind === "tool" ? [] : encodeItemEnd(key, item, {})));
}

function decodeUsage(event: JsonObject): CanonicalEvent[] {
  const response = objectOrNull(event.response) ?? {};
  const tokens = isObject(response.usage) ? mapUsage(response.usage) : null;
  const usage: ReportedUsage = { tokens, nanoAiu: mapNanoAiu(event) ?? mapNanoAiu(response) };
  return usage.tokens === null && usage.nanoAiu === null ? [] : [{ type: "usage", usage }];
}

function endAnswer(state: State, event: JsonObject): Step {
  const [noted, metadata] = noteMetadata(state, objectOrNull(event.response) ?? {});
  const tools = [...state.items.values()].flatMap((item) => (item.kind === "tool" ? endTool(item.tool) : []));
  const status = event.type === "response.incomplete" ? "incomplete" : "completed";
  const told = mapFinishReason({ status, ...objectOrNull(event.response) }, state.hasCalls);
  const finish = state.refused && told.unified === "stop" ? ({ ...told, unified: "refusal" } as const) : told;
  const events: CanonicalEvent[] = [
    ...metadata,
    ...closeOpen(state),
    ...tools,
    ...decodeUsage(event),
    { type: "finish", finish },
  ];
  return [{ ...noted, hasEnded: true }, events];
}

function endFailed(event: JsonObject, error: JsonObject[string]): CanonicalEvent[] {
  return [...decodeUsage(event), { type: "error", error: mapErrorInfo(error) }];
}
