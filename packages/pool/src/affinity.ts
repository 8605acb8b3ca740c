/** Which token each conversation was last served by; the least recently used conversations are forgotten. */
export class Affinity {
  readonly #limit: number;
  readonly #homes = new Map<string, string>();
  /** Goes on for good: a new one would pass over everything that was ever removed from the front. */
  readonly #oldestFirst = this.#homes.keys();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The conversation's token id, or null. Counts as a use. */
  home(conversationId: string): string | null {
    const tokenId = this.#homes.get(conversationId);
    if (tokenId === undefined) return null;
    this.#homes.delete(conversationId);
    this.#homes.set(conversationId, tokenId);
    return tokenId;
  }

  settle(conversationId: string, tokenId: string): void {
    this.#homes.delete(conversationId);
    this.#homes.set(conversationId, tokenId);
    if (this.#homes.size <= this.#limit) return;
    const oldest = this.#oldestFirst.next();
    if (oldest.done === false) this.#homes.delete(oldest.value);
  }
}
