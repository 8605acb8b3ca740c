import type { JsonObject } from "@copilot-llm/model";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";

/** A body without the reasoning of earlier turns; null when it holds none. */
export function stripReasoning(protocol: ProtocolDefinition, bytes: Uint8Array): Uint8Array | null {
  const body = JSON.parse(Buffer.from(bytes).toString()) as JsonObject;
  const stripped = protocol.stripReasoning(body);
  return stripped === null ? null : Buffer.from(JSON.stringify(stripped));
}
