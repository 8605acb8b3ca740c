import type { MessagePart } from "#lib/api/use-sessions";
import type { ShownTurn } from "./split-turns";

type ToolResultPart = Extract<MessagePart, { type: "tool_result" }>;

/** Which calls a conversation has, and what came back for them. */
export interface ConversationTools {
  results: ReadonlyMap<string, ToolResultPart>;
  calls: ReadonlySet<string>;
}

/** Gathers calls and results, which often came with a later turn. */
export function collectTools(turns: readonly ShownTurn[]): ConversationTools {
  const results = new Map<string, ToolResultPart>();
  const calls = new Set<string>();
  for (const { messages, answer } of turns) {
    for (const part of [...messages.flatMap(({ parts }) => parts), ...(answer ?? [])]) {
      if (part.type === "tool_call") calls.add(part.call_id);
      if (part.type === "tool_result") results.set(part.call_id, part);
    }
  }
  return { results, calls };
}
