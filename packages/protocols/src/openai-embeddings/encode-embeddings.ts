import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";

/** An embeddings answer with every vector as base64 of little-endian float32, which OpenAI's SDKs ask for by default. */
export function encodeEmbeddingsAsBase64(body: JsonObject): JsonObject {
  if (!isArray(body.data)) return body;
  return { ...body, data: body.data.map(encodeItem) };
}

function encodeItem(item: JsonValue): JsonValue {
  if (!isObject(item) || !isArray(item.embedding)) return item;
  const vector = item.embedding;
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => {
    bytes.writeFloatLE(typeof value === "number" ? value : 0, index * 4);
  });
  return { ...item, embedding: bytes.toString("base64") };
}
