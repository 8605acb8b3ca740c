import type { JsonObject, JsonValue } from "@copilot-llm/model";
import type { ChatRequest, ChatTurn } from "./chat-request.js";

/** The request as a streaming OpenAI Chat Completions body: every model answers that, through translation if need be. */
export function encodeChatBody(request: ChatRequest): string {
  const { model, system, turns, temperature, maxTokens } = request;
  const body: JsonObject = {
    model,
    messages: [...(system === null ? [] : [{ role: "system", content: system }]), ...turns.map(encodeTurn)],
    stream: true,
    stream_options: { include_usage: true },
    ...(temperature === null ? {} : { temperature }),
    ...(maxTokens === null ? {} : { max_completion_tokens: maxTokens }),
  };
  return JSON.stringify(body);
}

function encodeTurn({ role, text, images }: ChatTurn): JsonObject {
  if (images.length === 0) return { role, content: text };
  const parts: JsonValue[] = images.map(({ mediaType, base64 }) => ({
    type: "image_url",
    image_url: { url: `data:${mediaType};base64,${base64}` },
  }));
  return { role, content: [{ type: "text", text }, ...parts] };
}
