import type { JsonObject, JsonValue } from "@copilot-llm/model";
import * as z from "zod";
import type { ChatTurn, FinishReason } from "./chat-request.js";
import { type ChatWire, parseEventData } from "./chat-wire.js";

const chunkSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
});

/** OpenAI Chat Completions. Several choices are parts of one answer here (upstream.md B6), so their texts are joined. */
export const openaiChatWire: ChatWire = {
  protocol: "openai-chat",
  encodeRequest(request, model) {
    const limit = model.needsMaxCompletionTokens ? "max_completion_tokens" : "max_tokens";
    return {
      model: request.model,
      messages: [
        ...(request.system === null ? [] : [{ role: "system", content: request.system }]),
        ...request.turns.map(encodeTurn),
      ],
      stream: true,
      stream_options: { include_usage: true },
      ...(request.temperature === null ? {} : { temperature: request.temperature }),
      ...(request.maxTokens === null ? {} : { [limit]: request.maxTokens }),
    };
  },
  decodeEvent(data) {
    const chunk = chunkSchema.safeParse(parseEventData(data));
    const choices = chunk.data?.choices ?? [];
    const text = choices.map(({ delta }) => delta?.content ?? delta?.refusal ?? "").join("");
    const reason = choices.findLast((choice) => typeof choice.finish_reason === "string")?.finish_reason;
    return { text, ...(typeof reason === "string" ? { finishReason: mapFinishReason(reason) } : {}) };
  },
};

function encodeTurn({ role, text, images }: ChatTurn): JsonObject {
  if (images.length === 0) return { role, content: text };
  const parts: JsonValue[] = images.map(({ mediaType, base64 }) => ({
    type: "image_url",
    image_url: { url: `data:${mediaType};base64,${base64}` },
  }));
  return { role, content: [{ type: "text", text }, ...parts] };
}

function mapFinishReason(reason: string): FinishReason {
  return reason === "stop" || reason === "length" || reason === "content_filter" ? reason : "other";
}
