import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse } from "../canonical/response.js";

interface StopMatch {
  readonly at: number;
  readonly sequence: string;
}

/**
 * Stop sequences on a wire that has none: the text ends before the first of them, and so does the answer. What the
 * upstream goes on to say is dropped, but its usage counts.
 */
export function cutAtStop(response: CanonicalResponse, sequences: readonly string[]): CanonicalResponse {
  const content: AssistantPart[] = [];
  for (const part of response.content) {
    const match = part.type === "text" ? findStop(part.text, sequences) : null;
    if (part.type !== "text" || match === null) {
      content.push(part);
      continue;
    }
    if (match.at > 0) content.push({ ...part, text: part.text.slice(0, match.at) });
    const finish = { unified: "stop", raw: response.finish.raw, stopSequence: match.sequence } as const;
    return { ...response, content, finish };
  }
  return response;
}

/** The same for a stream. Text is held back only as far as it may be the beginning of a stop sequence. */
export function createStopCutter(sequences: readonly string[]): (event: CanonicalEvent) => readonly CanonicalEvent[] {
  let held = "";
  let stoppedBy: string | null = null;

  const takeText = (id: string, text: string): CanonicalEvent[] => {
    held += text;
    const match = findStop(held, sequences);
    if (match !== null) {
      stoppedBy = match.sequence;
      const rest = held.slice(0, match.at);
      held = "";
      return rest === ""
        ? [{ type: "text-end", id }]
        : [
            { type: "text-delta", id, text: rest },
            { type: "text-end", id },
          ];
    }
    const keep = partialStopLength(held, sequences);
    const ready = held.slice(0, held.length - keep);
    held = held.slice(held.length - keep);
    return ready === "" ? [] : [{ type: "text-delta", id, text: ready }];
  };

  return (event) => {
    if (stoppedBy !== null) {
      if (event.type === "finish") {
        return [{ type: "finish", finish: { unified: "stop", raw: event.finish.raw, stopSequence: stoppedBy } }];
      }
      return event.type === "usage" || event.type === "error" ? [event] : [];
    }
    if (event.type === "text-delta") return takeText(event.id, event.text);
    if (event.type !== "text-end" || held === "") return [event];
    const text = held;
    held = "";
    return [{ type: "text-delta", id: event.id, text }, event];
  };
}

function findStop(text: string, sequences: readonly string[]): StopMatch | null {
  let first: StopMatch | null = null;
  for (const sequence of sequences) {
    const at = sequence === "" ? -1 : text.indexOf(sequence);
    if (at !== -1 && (first === null || at < first.at)) first = { at, sequence };
  }
  return first;
}

/** How many characters at the end of the text may begin a stop sequence. */
function partialStopLength(text: string, sequences: readonly string[]): number {
  let longest = 0;
  for (const sequence of sequences) {
    for (let length = Math.min(sequence.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(sequence.slice(0, length))) longest = length;
    }
  }
  return longest;
}
