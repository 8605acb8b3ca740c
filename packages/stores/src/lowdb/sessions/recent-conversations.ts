import { LatestMap } from "@copilot-llm/model";
import type { ConversationTip } from "../../interfaces/sessions.js";

const maxOpenings = 20_000;
const maxOfOpening = 32;

/** The conversations of the latest records by their opening: the id up to its last colon. */
export class RecentConversations {
  /** Opening -> conversation -> its last request. */
  readonly #byOpening = new LatestMap<string, LatestMap<string, string>>(maxOpenings);

  add(conversationId: string, requestId: string): void {
    const opening = conversationId.slice(0, Math.max(0, conversationId.lastIndexOf(":")));
    const conversations = this.#byOpening.get(opening) ?? new LatestMap<string, string>(maxOfOpening);
    conversations.set(conversationId, requestId);
    this.#byOpening.set(opening, conversations);
  }

  withOpening(opening: string, limit: number): readonly ConversationTip[] {
    const found = [...(this.#byOpening.get(opening)?.entries() ?? [])];
    const tips = found.map(([conversationId, requestId]) => ({ conversationId, requestId }));
    return tips.sort((a, b) => (a.conversationId < b.conversationId ? 1 : -1)).slice(0, limit);
  }
}
