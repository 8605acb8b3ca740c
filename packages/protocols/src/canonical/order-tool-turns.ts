import { appendMessage } from "./append-message.js";
import type { ToolCallPart, ToolResultPart, UserPart } from "./part.js";
import type { CanonicalMessage } from "./request.js";

/** What stands for the result of a call that was never answered. */
const noResult = "(no result)";

/**
 * The conversation in the order that every service takes: right behind a turn that calls tools stand the results of all
 * its calls, and what was said meanwhile comes after them. A call without a result gets one that says so; a result
 * without a call is told by the user. The same list when it is in order.
 */
export function orderToolTurns(messages: readonly CanonicalMessage[]): readonly CanonicalMessage[] {
  if (messages.every((message, index) => isInOrder(message, messages[index - 1], messages[index + 1]))) return messages;
  const ordered: CanonicalMessage[] = [];
  const used = new Set<ToolResultPart>();
  messages.forEach((message, index) => {
    if (message.role === "tool") {
      const orphans = message.content.filter((result) => !used.has(result));
      appendMessage(ordered, { role: "user", content: orphans.flatMap(tellResult) });
      return;
    }
    appendMessage(ordered, message);
    const calls = callsOf(message);
    if (calls.length === 0) return;
    const later = messages.slice(index + 1).flatMap(resultsOf);
    const content = calls.map((call) => {
      const result = later.find((candidate) => candidate.callId === call.callId && !used.has(candidate));
      if (result === undefined) return createMissing(call);
      used.add(result);
      return result;
    });
    appendMessage(ordered, { role: "tool", content });
  });
  return ordered;
}

function isInOrder(
  message: CanonicalMessage,
  previous: CanonicalMessage | undefined,
  next: CanonicalMessage | undefined,
): boolean {
  if (message.role === "tool") return answersAll(message, previous);
  return message.role !== "assistant" || callsOf(message).length === 0 || answersAll(next, message);
}

/** True when the results are those of the calls, each once. */
function answersAll(answering: CanonicalMessage | undefined, calling: CanonicalMessage | undefined): boolean {
  const results = resultsOf(answering).map(({ callId }) => callId);
  const calls = callsOf(calling).map(({ callId }) => callId);
  if (results.length !== calls.length) return false;
  return results.length === 1 ? results[0] === calls[0] : results.sort().join() === calls.sort().join();
}

function callsOf(message: CanonicalMessage | undefined): readonly ToolCallPart[] {
  return message?.role === "assistant" ? message.content.filter((part) => part.type === "tool-call") : [];
}

function resultsOf(message: CanonicalMessage | undefined): readonly ToolResultPart[] {
  return message?.role === "tool" ? message.content : [];
}

function createMissing({ callId, kind }: ToolCallPart): ToolResultPart {
  const output = [{ type: "text", text: noResult, cache: null }] as const;
  return { type: "tool-result", callId, kind, output, isError: false, cache: null };
}

function tellResult({ callId, output }: ToolResultPart): UserPart[] {
  return [{ type: "text", text: `The result of the earlier tool call ${callId}:`, cache: null }, ...output];
}
