import type { JsonObject, Protocol, TokenUsage } from "@copilot-llm/model";
import { mapUsage as mapMessagesUsage } from "../anthropic-messages/map-usage.js";
import { isObject } from "../body/json.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { mapUsage as mapChatUsage } from "../openai-chat/map-usage.js";
import { mapUsage as mapResponsesUsage } from "../openai-responses/map-usage.js";
import { encodeStreamError } from "./encode-stream-error.js";
import type { UsageTap } from "./usage-tap.js";

const usageMaps: Readonly<Record<Protocol, (usage: JsonObject) => TokenUsage>> = {
  "openai-chat": mapChatUsage,
  "openai-responses": mapResponsesUsage,
  "anthropic-messages": mapMessagesUsage,
  "openai-embeddings": mapChatUsage,
};

/** The tap of an answer in one piece: keeps the chunks and reads them at the end. */
export function createJsonTap(protocol: Protocol): UsageTap {
  const chunks: Uint8Array[] = [];
  const signal = { firstToken: false, terminal: false, terminalStart: 0, completeBytes: 0 };
  let firstTokenSeen = false;
  return {
    push(chunk) {
      signal.firstToken = !firstTokenSeen && chunk.length > 0;
      firstTokenSeen ||= signal.firstToken;
      signal.completeBytes = chunk.length;
      chunks.push(chunk);
      return signal;
    },
    finish() {
      const body = parseAnswer(chunks);
      const usage = body !== null && isObject(body.usage) ? usageMaps[protocol](body.usage) : null;
      const isError = body !== null && (isObject(body.error) || typeof body.error === "string");
      return {
        usage: { tokens: usage, nanoAiu: body === null ? null : mapNanoAiu(body) },
        estimatedOutputTokens: 0,
        terminal: body !== null,
        errorSeen: isError ? mapErrorInfo(body.error) : null,
      };
    },
    midEvent: false,
    closing: (error, requestId) => encodeStreamError(protocol, error, requestId),
  };
}

function parseAnswer(chunks: readonly Uint8Array[]): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
