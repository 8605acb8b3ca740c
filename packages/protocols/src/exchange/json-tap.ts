import { isObject, parseObjectOrNull } from "../body/json.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";
import { readReportedUsage } from "./parse-answer.js";
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
      const isError = body !== null && (isObject(body.error) || typeof body.error === "string");
      return {
        usage: body === null ? { tokens: null, nanoAiu: null } : readReportedUsage(protocol, body),
        estimatedOutputTokens: 0,
        terminal: body !== null,
        errorSeen: isError ? mapErrorInfo(body.error) : null,
      };
    },
  };
}
