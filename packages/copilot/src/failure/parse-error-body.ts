import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "@copilot-llm/model";

const maxMessageLength = 2000;

export interface ErrorBody {
  readonly code: string | null;
  /** Null when the body holds no words fit for a client. */
  readonly message: string | null;
}

/**
 * The service's error bodies (docs/copilot-service.md#error-shapes): OpenAI's `{error:{message,code,type}}`,
 * Anthropic's `{type:"error",error}`, Bedrock's `{message}`, `{error:"…"}`, and plain text. A page of HTML has no
 * message.
 */
export function parseErrorBody(body: string): ErrorBody {
  const text = body.trim();
  const json = parseJson(text);
  if (isJsonObject(json)) return readObject(json);
  if (json !== undefined) return { code: null, message: cleanMessage(json) };
  return { code: null, message: text.startsWith("<") ? null : cleanMessage(text) };
}

function readObject(body: JsonObject): ErrorBody {
  const { error } = body;
  if (isJsonObject(error)) {
    return { code: readCode(error.code) ?? readCode(error.type), message: cleanMessage(error.message) };
  }
  const details = isJsonObject(body.error_details) ? body.error_details : {};
  return {
    code: readCode(body.code) ?? readCode(details.notification_id),
    message: cleanMessage(details.message) ?? cleanMessage(body.message) ?? cleanMessage(error),
  };
}

function readCode(value: JsonValue | undefined): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

function cleanMessage(value: JsonValue | undefined): string | null {
  if (typeof value !== "string") return null;
  const message = value.replace(/\p{Cc}+/gu, " ").trim();
  if (message === "") return null;
  return message.length > maxMessageLength ? `${message.slice(0, maxMessageLength - 1)}…` : message;
}
