import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart, RefusalPart, TextPart } from "../canonical/part.js";

/** The parts of a streamed answer, in the order in which they began. An unfinished block counts as far as it came. */
export function collectAnswer(events: Iterable<CanonicalEvent>): readonly AssistantPart[] {
  const parts: AssistantPart[] = [];
  const places = new Map<string, number>();
  const open = (id: string, part: AssistantPart): void => {
    places.set(id, parts.length);
    parts.push(part);
  };
  const change = (id: string, update: (part: AssistantPart) => AssistantPart): void => {
    const place = places.get(id);
    const part = place === undefined ? undefined : parts[place];
    if (place !== undefined && part !== undefined) parts[place] = update(part);
  };
  for (const event of events) {
    switch (event.type) {
      case "text-start":
        open(event.id, emptyText(event.kind));
        break;
      case "reasoning-start":
        open(event.id, { type: "reasoning", text: "", opaque: null });
        break;
      case "text-delta":
      case "reasoning-delta":
        change(event.id, (part) => ("text" in part ? { ...part, text: part.text + event.text } : part));
        break;
      case "reasoning-end":
        change(event.id, (part) => (part.type === "reasoning" ? { ...part, opaque: event.opaque } : part));
        break;
      case "tool-call":
        parts.push(event.call);
        break;
      case "wire-part":
        parts.push(event.part);
        break;
      default:
        break;
    }
  }
  return parts;
}

function emptyText(kind: "text" | "refusal"): TextPart | RefusalPart {
  return kind === "text" ? { type: "text", text: "", cache: null } : { type: "refusal", text: "" };
}
