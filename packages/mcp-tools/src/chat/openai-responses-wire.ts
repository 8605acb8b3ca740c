import type { JsonObject, JsonValue } from "@copilot-llm/model";
import * as z from "zod";
import type { ChatTurn } from "./chat-request.js";
import { type AnswerPiece, type ChatWire, parseEventData } from "./chat-wire.js";

const eventSchema = z.looseObject({
  type: z.string(),
  delta: z.unknown(),
  response: z.looseObject({ incomplete_details: z.looseObject({ reason: z.string().nullish() }).nullish() }).nullish(),
});

/** OpenAI Responses. Nothing is stored upstream: each request carries the whole conversation. */
export const openaiResponsesWire: ChatWire = {
  protocol: "openai-responses",
  encodeRequest(request) {
    return {
      model: request.model,
      input: request.turns.map(encodeTurn),
      stream: true,
      store: false,
      ...(request.system === null ? {} : { instructions: request.system }),
      ...(request.temperature === null ? {} : { temperature: request.temperature }),
      ...(request.maxTokens === null ? {} : { max_output_tokens: request.maxTokens }),
    };
  },
  decodeEvent(data): AnswerPiece {
    const event = eventSchema.safeParse(parseEventData(data)).data;
    switch (event?.type) {
      case "response.output_text.delta":
      case "response.refusal.delta":
        return typeof event.delta === "string" ? { text: event.delta } : {};
      case "response.completed":
        return { finishReason: "stop" };
      case "response.incomplete": {
        const reason = event.response?.incomplete_details?.reason;
        return { finishReason: reason === "content_filter" ? "content_filter" : "length" };
      }
      default:
        return {};
    }
  },
};

function encodeTurn({ role, text, images }: ChatTurn): JsonObject {
  const parts: JsonValue[] = images.map(({ mediaType, base64 }) => ({
    type: "input_image",
    detail: "auto",
    image_url: `data:${mediaType};base64,${base64}`,
  }));
  return { role, content: [{ type: role === "user" ? "input_text" : "output_text", text }, ...parts] };
}
