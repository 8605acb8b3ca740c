import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart, ToolCallPart } from "../canonical/part.js";
import { missingCallId } from "./fill-call-ids.js";
import { restoreCall, type ToolNames } from "./lower-tools.js";

/** The calls of a whole answer as the client knows them. */
export function restoreParts(parts: readonly AssistantPart[], toolNames: ToolNames): readonly AssistantPart[] {
  return parts.map((part) => (part.type === "tool-call" ? restoreCall(part, toolNames) : part));
}

/**
 * The same for a stream, and gives ids to calls that came without. The input of a free-text tool that went upstream as a
 * function is held until it is whole, because its JSON wrapping is not the client's.
 */
export function createCallRestorer(
  toolNames: ToolNames,
  createId: (prefix: string) => string,
): (event: CanonicalEvent) => readonly CanonicalEvent[] {
  const ids = new Map<string, string>();
  const wrapped = new Set<string>();

  const idOf = (id: string): string => {
    if (!id.startsWith(missingCallId)) return id;
    const known = ids.get(id) ?? createId("call_");
    ids.set(id, known);
    return known;
  };

  const restoreWhole = (call: ToolCallPart): CanonicalEvent[] => {
    const callId = idOf(call.callId);
    const restored = { ...restoreCall(call, toolNames), callId };
    const whole: CanonicalEvent = { type: "tool-call", call: restored };
    if (!wrapped.has(callId)) return [whole];
    return [
      { type: "tool-input-delta", id: callId, text: restored.input },
      { type: "tool-input-end", id: callId },
      whole,
    ];
  };

  return (event) => {
    switch (event.type) {
      case "tool-input-start": {
        const id = idOf(event.id);
        const tool = toolNames.get(event.name);
        if (tool === undefined) return id === event.id ? [event] : [{ ...event, id }];
        if (tool.kind === "custom" && event.kind === "function") wrapped.add(id);
        return [{ type: "tool-input-start", id, ...tool }];
      }
      case "tool-input-delta":
      case "tool-input-end": {
        const id = idOf(event.id);
        if (wrapped.has(id)) return [];
        return id === event.id ? [event] : [{ ...event, id }];
      }
      case "tool-call":
        return restoreWhole(event.call);
      default:
        return [event];
    }
  };
}
