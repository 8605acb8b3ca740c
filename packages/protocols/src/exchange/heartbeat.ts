import type { Protocol } from "@copilot-llm/model";

const encoder = new TextEncoder();

/** What keeps a silent stream open: `event: ping` in Messages, an SSE comment elsewhere. Only between two events. */
export function heartbeat(protocol: Protocol): Uint8Array {
  const text = protocol === "anthropic-messages" ? 'event: ping\ndata: {"type":"ping"}\n\n' : ": keep-alive\n\n";
  return encoder.encode(text);
}
