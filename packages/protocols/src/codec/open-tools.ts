import type { CanonicalEvent } from "../canonical/event.js";
import { fitInput } from "../canonical/fit-input.js";
import type { ToolKind } from "../canonical/part.js";

/** A call whose input is still coming. */
export interface OpenTool {
  /** What the wire tells the calls of one answer apart by. */
  readonly key: string;
  /** The id as the wire gave it, possibly empty or a repeat. */
  readonly wireId: string;
  /** Unique within the answer. */
  readonly callId: string;
  readonly kind: ToolKind;
  readonly name: string;
  readonly namespace: string | null;
  readonly input: string;
}

/** The events that begin a call. */
export function startTool(tool: OpenTool): CanonicalEvent {
  return { type: "tool-input-start", id: tool.callId, kind: tool.kind, name: tool.name, namespace: tool.namespace };
}

/** The events that end a call: its input is whole. */
export function endTool(tool: OpenTool): CanonicalEvent[] {
  const { callId, kind, name, namespace } = tool;
  const input = fitInput(kind, tool.input);
  return [
    { type: "tool-input-end", id: callId },
    { type: "tool-call", call: { type: "tool-call", callId, kind, name, namespace, input, cache: null } },
  ];
}
