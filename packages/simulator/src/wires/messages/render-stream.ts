import type { JsonObject } from "../../json-value.js";
import type { ReplyPart, ScriptedReply } from "../scripted-reply.js";
import { doneFrame, eventFrame } from "../sse-frame.js";
import type { RenderContext, StreamFrames } from "../wire.js";
import { renderMessageHead, renderMessagesUsage, stopReason, visibleThinking } from "./render-message.js";

/** The events of a `/v1/messages` stream. The service sends no `ping`. */
export function renderMessagesStream(reply: ScriptedReply, context: RenderContext): StreamFrames {
  const head = renderMessageHead(context, reply.quirks);
  return { content: contentFrames(reply, context, head), ending: () => endingFrames(reply, context) };
}

/** The event that ends a failed stream. */
export function renderMessagesError(message: string): string {
  return eventFrame("error", { error: { type: "overloaded_error", message } });
}

function* contentFrames(reply: ScriptedReply, context: RenderContext, head: JsonObject): Generator<string> {
  const usage = renderMessagesUsage(context, 1);
  const message = { ...head, content: [], stop_reason: null, stop_sequence: null, usage };
  yield eventFrame("message_start", { message });
  for (const [index, part] of reply.parts.entries()) {
    yield eventFrame("content_block_start", { index, content_block: emptyBlock(part) });
    yield* blockDeltas(part, index, context.body);
    yield eventFrame("content_block_stop", { index });
  }
}

function* blockDeltas(part: ReplyPart, index: number, body: JsonObject): Generator<string> {
  if (part.type === "reasoning" && part.isRedacted) return;
  const [type, key] = deltaShapes[part.type];
  const start = `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${key}":`;
  const chunks = part.type === "reasoning" ? visibleThinking(part, body) : part.chunks;
  for (const chunk of chunks) yield `${start}${JSON.stringify(chunk)}}}\n\n`;
  if (part.type === "reasoning") {
    yield eventFrame("content_block_delta", { index, delta: { type: "signature_delta", signature: part.signature } });
  }
}

const deltaShapes = {
  text: ["text_delta", "text"],
  refusal: ["text_delta", "text"],
  reasoning: ["thinking_delta", "thinking"],
  "tool-call": ["input_json_delta", "partial_json"],
} as const;

function emptyBlock(part: ReplyPart): JsonObject {
  if (part.type === "tool-call") return { type: "tool_use", id: part.callId, name: part.name, input: {} };
  if (part.type !== "reasoning") return { type: "text", text: "" };
  return part.isRedacted
    ? { type: "redacted_thinking", data: part.signature }
    : { type: "thinking", thinking: "", signature: "" };
}

function endingFrames(reply: ScriptedReply, context: RenderContext): string[] {
  const delta = { stop_details: null, stop_reason: stopReason(reply.stop), stop_sequence: reply.stopSequence ?? null };
  const copilotUsage = context.copilotUsage === undefined ? {} : { copilot_usage: context.copilotUsage };
  const usage = renderMessagesUsage(context, context.usage.output);
  const metrics = {
    "amazon-bedrock-invocationMetrics": {
      firstByteLatency: 400,
      inputTokenCount: context.usage.input,
      invocationLatency: 900,
      outputTokenCount: context.usage.output,
    },
  };
  return [
    eventFrame("message_delta", { delta, usage, ...copilotUsage }),
    eventFrame("message_stop", reply.quirks.messagesBackend === "bedrock" ? metrics : {}),
    ...(reply.quirks.doneAfterMessageStop ? [doneFrame] : []),
  ];
}
