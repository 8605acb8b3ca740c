import type { JsonObject } from "../../json-value.js";
import { type ScriptedReply, textOf } from "../scripted-reply.js";
import { eventFrame } from "../sse-frame.js";
import type { RenderContext, StreamFrames } from "../wire.js";
import { type OutputItem, renderContentPart, renderItems, renderResponse } from "./render-items.js";

type Emit = (type: string, fields: JsonObject) => string;

/** The events of a `/responses` stream, numbered from 0. */
export function renderResponsesStream(reply: ScriptedReply, context: RenderContext): StreamFrames {
  const id = context.ids.bound("resp_", context.origin);
  const items = renderItems(reply, context);
  let sequence = 0;
  const emit: Emit = (type, fields) => {
    const frame = eventFrame(type, { sequence_number: sequence, ...fields });
    sequence += 1;
    return frame;
  };
  const status = reply.stop === "length" ? "incomplete" : "completed";
  return {
    content: contentFrames(id, items, context, emit),
    ending: () => {
      const output = items.map((item) => item.item);
      const copilotUsage = context.copilotUsage === undefined ? {} : { copilot_usage: context.copilotUsage };
      return [emit(`response.${status}`, { response: renderResponse(status, id, output, context), ...copilotUsage })];
    },
  };
}

/** The event that ends a failed stream. */
export function renderResponsesError(message: string, context: RenderContext): string {
  const response = renderResponse("failed", context.ids.next("resp_"), [], context);
  return eventFrame("response.failed", { response: { ...response, error: { code: "server_error", message } } });
}

function* contentFrames(
  id: string,
  items: readonly OutputItem[],
  context: RenderContext,
  emit: Emit,
): Generator<string> {
  const response = renderResponse("in_progress", id, [], context);
  yield emit("response.created", { response });
  yield emit("response.in_progress", { response });
  for (const [index, item] of items.entries()) {
    yield emit("response.output_item.added", { output_index: index, item: announced(item) });
    yield* itemFrames(item, { item_id: item.addedId, output_index: index }, emit);
    yield emit("response.output_item.done", { output_index: index, item: item.item });
  }
}

/** The item as it is before its content came. */
function announced({ part, item, addedId }: OutputItem): JsonObject {
  const empty = { ...item, id: addedId };
  if (part.type === "reasoning") return { ...empty, summary: [] };
  if (part.type !== "tool-call") return { ...empty, status: "in_progress", content: [] };
  return { ...empty, status: "in_progress", ...(part.kind === "custom" ? { input: "" } : { arguments: "" }) };
}

function* itemFrames({ part }: OutputItem, at: JsonObject, emit: Emit): Generator<string> {
  const text = textOf(part);
  if (part.type === "tool-call") {
    const custom = part.kind === "custom";
    const type = custom ? "response.custom_tool_call_input" : "response.function_call_arguments";
    for (const delta of part.chunks) yield emit(`${type}.delta`, { ...at, delta });
    yield emit(`${type}.done`, { ...at, ...(custom ? { input: text } : { arguments: text, name: part.name }) });
    return;
  }
  if (part.type === "reasoning" && part.isRedacted) return;
  if (part.type === "reasoning") {
    const place = { ...at, summary_index: 0 };
    yield emit("response.reasoning_summary_part.added", { ...place, part: { type: "summary_text", text: "" } });
    for (const delta of part.chunks) yield emit("response.reasoning_summary_text.delta", { ...place, delta });
    yield emit("response.reasoning_summary_text.done", { ...place, text });
    yield emit("response.reasoning_summary_part.done", { ...place, part: { type: "summary_text", text } });
    return;
  }
  const place = { ...at, content_index: 0 };
  const refusal = part.type === "refusal";
  const type = refusal ? "response.refusal" : "response.output_text";
  yield emit("response.content_part.added", { ...place, part: renderContentPart(part, "") });
  for (const delta of part.chunks)
    yield emit(`${type}.delta`, { ...place, delta, ...(refusal ? {} : { logprobs: [] }) });
  yield emit(`${type}.done`, { ...place, ...(refusal ? { refusal: text } : { text, logprobs: [] }) });
  yield emit("response.content_part.done", { ...place, part: renderContentPart(part, text) });
}
