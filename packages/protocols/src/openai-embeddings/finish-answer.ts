import type { JsonObject } from "@copilot-llm/model";
import { encodeEmbeddingsAsBase64 } from "./encode-embeddings.js";

/**
 * The answer in the form that its request asked for: the service gives numbers only
 * (docs/copilot-service.md#embeddings-input).
 */
export function finishAnswer(request: JsonObject, answer: Uint8Array): Uint8Array {
  if (request.encoding_format !== "base64") return answer;
  const parsed = JSON.parse(Buffer.from(answer).toString()) as JsonObject;
  return Buffer.from(JSON.stringify(encodeEmbeddingsAsBase64(parsed)));
}
