import type { ConversationTip } from "../../interfaces/sessions.js";

const maxOpenings = 20_000;
const maxOfOpening = 32;

/** The conversations of the latest records by their opening: the id up to its last colon. */
export class RecentConversations {
  /** Opening -> conversation -> its last request; what changed last comes last. */
  readonly #byOpening = new Map<string, Map<string, string>>();
  /** Goes on for good: a new one would pass over everything that was ever removed from the front. */
  readonly #oldestFirst = this.#byOpening.keys();

  add(conversationId: string, requestId: string): void {
    const opening = conversationId.slice(0, Math.max(0, conversationId.lastIndexOf(":")));
    const conversations = this.#byOpening.get(opening) ?? new Map<string, string>();
    setLast(conversations, conversationId, requestId);
    setLast(this.#byOpening, opening, conversations);
    if (conversations.size > maxOfOpening) removeNext(conversations, conversations.keys());
    if (this.#byOpening.size > maxOpenings) removeNext(this.#byOpening, this.#oldestFirst);
  }

  withOpening(opening: string, limit: number): readonly ConversationTip[] {
    const found = [...(this.#byOpening.get(opening) ?? [])];
    const tips = found.map(([conversationId, requestId]) => ({ conversationId, requestId }));
    return tips.sort((a, b) => (a.conversationId < b.conversationId ? 1 : -1)).slice(0, limit);
  }
}

function setLast<Value>(map: Map<string, Value>, name: string, value: Value): void {
  map.delete(name);
  map.set(name, value);
}

function removeNext(map: Map<string, unknown>, names: Iterator<string>): void {
  const next = names.next();
  if (next.done !== true) map.delete(next.value);
}
