import type { GatewayError, Protocol } from "@copilot-llm/model";
import { protocolOf } from "./protocols.js";

/** What a stream is made of beside its answer. */
export interface StreamFrame {
  /** Keeps a silent stream open; also before its first event. */
  readonly heartbeat: Uint8Array;
  /** Ends a stream that has no event yet. */
  encodeError(error: GatewayError, requestId: string): Uint8Array;
}

/** Null for a protocol whose answers come whole. */
export function streamFrameOf(protocol: Protocol): StreamFrame | null {
  const definition = protocolOf(protocol);
  if (definition.kind !== "conversation") return null;
  return {
    heartbeat: Buffer.from(definition.heartbeat),
    encodeError: (error, requestId) => Buffer.from(definition.encodeStreamError(error, requestId)),
  };
}
