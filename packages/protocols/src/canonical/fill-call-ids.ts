import type { AssistantPart } from "./part.js";

/** Begins the stand-in for an id that the upstream did not give; such ids never reach a client. */
export const missingCallId = "missing:";

/** The parts with an id for every call that came without one, and a fresh one for a repeat inside the answer. */
export function fillCallIds(
  parts: readonly AssistantPart[],
  context: { createId(prefix: string): string },
): readonly AssistantPart[] {
  const seen = new Set<string>();
  return parts.map((part) => {
    if (part.type !== "tool-call") return part;
    const callId = part.callId === "" || seen.has(part.callId) ? context.createId("call_") : part.callId;
    seen.add(callId);
    return callId === part.callId ? part : { ...part, callId };
  });
}
