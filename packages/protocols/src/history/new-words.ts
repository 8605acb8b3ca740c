import type { TextPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalTool } from "../canonical/request.js";
import type { RecordedWords } from "./read-recorded-request.js";

/** What a request said that the one before it in its conversation had not. */
export interface NewWords {
  /** Null: as before. */
  readonly system: readonly TextPart[] | null;
  /** Null: as before. */
  readonly tools: readonly CanonicalTool[] | null;
  readonly messages: readonly CanonicalMessage[];
}

/**
 * Leaves out what stands at the beginning of both requests, and the answer that the client repeats behind it. Where a
 * client has changed its history, everything from the change on is new.
 */
export function newWords(previous: RecordedWords | null, current: RecordedWords): NewWords {
  const { system, rest } = split(current.messages);
  if (previous === null) return { system, tools: current.tools, messages: rest };
  const before = split(previous.messages);
  return {
    system: isSame(before.system, system) ? null : system,
    tools: isSame(previous.tools, current.tools) ? null : current.tools,
    messages: current.holdsHistory ? behind(before.rest, rest) : rest,
  };
}

interface SplitMessages {
  readonly system: readonly TextPart[];
  readonly rest: readonly CanonicalMessage[];
}

function split(messages: readonly CanonicalMessage[]): SplitMessages {
  const first = messages.findIndex(({ role }) => role !== "system");
  const at = first === -1 ? messages.length : first;
  const system = messages.slice(0, at).flatMap((message) => (message.role === "system" ? message.content : []));
  return { system, rest: messages.slice(at) };
}

function behind(before: readonly CanonicalMessage[], now: readonly CanonicalMessage[]): readonly CanonicalMessage[] {
  let at = 0;
  while (at < before.length && at < now.length && isSame(before[at], now[at])) at += 1;
  if (at < before.length) return now.slice(at);
  while (now[at]?.role === "assistant") at += 1;
  return now.slice(at);
}

/** Cache marks wander to the end of a conversation: they are no words. */
function isSame(one: unknown, other: unknown): boolean {
  const withoutMarks = (key: string, value: unknown): unknown => (key === "cache" ? undefined : value);
  return JSON.stringify(one, withoutMarks) === JSON.stringify(other, withoutMarks);
}
