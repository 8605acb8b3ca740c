import { isJsonObject, type JsonObject, parseJsonObject } from "../../json-value.js";
import type { Quirks } from "../../quirks.js";
import { type ReplyPart, type ReplyStop, type ScriptedReply, textOf } from "../scripted-reply.js";
import type { RenderContext } from "../wire.js";

/** `stop_reason` of a stop. */
export function stopReason(stop: ReplyStop): string {
  const reasons = {
    end: "end_turn",
    "tool-calls": "tool_use",
    length: "max_tokens",
    "stop-sequence": "stop_sequence",
    refusal: "refusal",
  } as const;
  return reasons[stop];
}

/** The message object without its content: id by back-end, model id with dashes. */
export function renderMessageHead(context: RenderContext, quirks: Quirks): JsonObject {
  const prefix = { bedrock: "msg_bdrk_", vertex: "msg_vrtx_", anthropic: "msg_" }[quirks.messagesBackend];
  return {
    id: context.ids.next(prefix),
    type: "message",
    role: "assistant",
    model: context.model.id.replace(/(\d)\.(\d)/g, "$1-$2"),
  };
}

/** `usage` of a message; `input_tokens` leaves the cached tokens out. */
export function renderMessagesUsage({ usage }: RenderContext, outputTokens: number): JsonObject {
  return {
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: usage.cacheWrite },
    cache_creation_input_tokens: usage.cacheWrite,
    cache_read_input_tokens: usage.cacheRead,
    input_tokens: usage.input,
    output_tokens: outputTokens,
    ...(usage.reasoning > 0 ? { output_tokens_details: { thinking_tokens: usage.reasoning } } : {}),
  };
}

/** The text of thinking that the client gets to see: none when it asked to omit it. */
export function visibleThinking(part: ReplyPart, body: JsonObject): readonly string[] {
  return isJsonObject(body.thinking) && body.thinking.display === "omitted" ? [] : part.chunks;
}

/** A whole message body. */
export function renderMessagesBody(reply: ScriptedReply, context: RenderContext): JsonObject {
  return {
    ...renderMessageHead(context, reply.quirks),
    content: reply.parts.map((part) => renderBlock(part, context.body)),
    stop_reason: stopReason(reply.stop),
    stop_sequence: reply.stopSequence ?? null,
    stop_details: null,
    usage: renderMessagesUsage(context, context.usage.output),
    ...(context.copilotUsage === undefined ? {} : { copilot_usage: context.copilotUsage }),
  };
}

function renderBlock(part: ReplyPart, body: JsonObject): JsonObject {
  switch (part.type) {
    case "reasoning":
      if (part.isRedacted) return { type: "redacted_thinking", data: part.signature };
      return { type: "thinking", thinking: visibleThinking(part, body).join(""), signature: part.signature };
    case "tool-call":
      return { type: "tool_use", id: part.callId, name: part.name, input: parseJsonObject(textOf(part)) ?? {} };
    case "text":
    case "refusal":
      return { type: "text", text: textOf(part) };
  }
}
