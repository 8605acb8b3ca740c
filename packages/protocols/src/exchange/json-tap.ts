import { isObject, parseObjectOrNull } from "../body/json.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";
import type { UsageTap } from "./usage-tap.js";

/** The tap of an answer in one piece: keeps the chunks and reads them at the end. */
export function createJsonTap(protocol: ProtocolDefinition): UsageTap {
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
      const body = parseObjectOrNull(Buffer.concat(chunks).toString());
      const usage = body !== null && isObject(body.usage) ? protocol.mapUsage(body.usage) : null;
      const isError = body !== null && (isObject(body.error) || typeof body.error === "string");
      return {
        usage: { tokens: usage, nanoAiu: body === null ? null : mapNanoAiu(body) },
        estimatedOutputTokens: 0,
        terminal: body !== null,
        errorSeen: isError ? mapErrorInfo(body.error) : null,
      };
    },
  };
}
