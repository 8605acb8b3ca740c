import type { JsonObject, JsonValue } from "@copilot-llm/model";
import * as z from "zod";
import type { ChatTurn, FinishReason } from "./chat-request.js";
import { type AnswerPiece, type ChatWire, parseEventData } from "./chat-wire.js";

/** The wire demands a limit; this is plenty for an answer that a tool's caller has to read. */
const defaultMaxTokens = 32_000;

const eventSchema = z.looseObject({
  type: z.string(),
  delta: z.looseObject({ text: z.string().nullish(), stop_reason: z.string().nullish() }).nullish(),
});

/** Anthropic Messages. */
export const anthropicMessagesWire: ChatWire = {
  protocol: "anthropic-messages",
  encodeRequest(request, model) {
    return {
      model: request.model,
      max_tokens: request.maxTokens ?? Math.min(defaultMaxTokens, model.maxOutputTokens ?? defaultMaxTokens),
      messages: request.turns.map(encodeTurn),
      stream: true,
      ...(request.system === null ? {} : { system: request.system }),
      ...(request.temperature === null ? {} : { temperature: request.temperature }),
    };
  },
  decodeEvent(data): AnswerPiece {
    const event = eventSchema.safeParse(parseEventData(data)).data;
    if (event?.type === "content_block_delta") return { text: event.delta?.text ?? "" };
    const reason = event?.type === "message_delta" ? event.delta?.stop_reason : null;
    return typeof reason === "string" ? { finishReason: mapStopReason(reason) } : {};
  },
};

function encodeTurn({ role, text, images }: ChatTurn): JsonObject {
  if (images.length === 0) return { role, content: text };
  const parts: JsonValue[] = images.map(({ mediaType, base64 }) => ({
    type: "image",
    source: { type: "base64", media_type: mediaType, data: base64 },
  }));
  return { role, content: [...parts, { type: "text", text }] };
}

function mapStopReason(reason: string): FinishReason {
  switch (reason) {
    case "end_turn":
    case "stop_sequence":
      return "stop";
    case "max_tokens":
      return "length";
    case "refusal":
      return "content_filter";
    default:
      return "other";
  }
}
