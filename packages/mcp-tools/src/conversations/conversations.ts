import { GatewayError, type Randomness } from "@copilot-llm/model";
import type { ChatTurn } from "../chat/chat-request.js";

const issuedPrefix = "conv_";
const idBytes = 10;
const maxConversations = 100;

/** What was said so far, and to whom. */
export interface ConversationState {
  readonly model: string;
  readonly system: string | null;
  readonly turns: readonly ChatTurn[];
}

/** A conversation while one message of it is being answered. Exactly one of `save` and `release` ends that. */
export interface OpenConversation {
  readonly id: string;
  /** Null: this is its first message. */
  readonly state: ConversationState | null;
  save(state: ConversationState): void;
  /** Leaves it as it was. */
  release(): void;
}

interface Entry {
  state: ConversationState | null;
  characters: number;
  isAnswering: boolean;
}

/**
 * The conversations of one client, in memory. The longest unused ones are dropped when they are too many or too large;
 * an id that was issued here and is not known any more is an error, so that no context is lost in silence, while an
 * unknown id of the client's own begins a conversation.
 */
export class Conversations {
  readonly #randomness: Randomness;
  readonly #maxCharacters: number;
  /** The least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #characters = 0;

  constructor(randomness: Randomness, maxCharacters: number) {
    this.#randomness = randomness;
    this.#maxCharacters = maxCharacters;
  }

  /** Throws `invalid_request` for one that is forgotten or is being answered right now. */
  open(askedId: string | undefined): OpenConversation {
    const id = askedId ?? issuedPrefix + Buffer.from(this.#randomness.bytes(idBytes)).toString("hex");
    const known = this.#entries.get(id);
    if (known === undefined && askedId?.startsWith(issuedPrefix)) {
      throw new GatewayError(
        "invalid_request",
        `There is no conversation ${JSON.stringify(askedId)} (any more). Leave conversation_id out to begin a new one, and repeat what matters.`,
        { param: "conversation_id" },
      );
    }
    if (known?.isAnswering) {
      throw new GatewayError(
        "invalid_request",
        `The conversation ${JSON.stringify(id)} is still being answered. Wait for that, or begin another one.`,
        { param: "conversation_id" },
      );
    }
    const entry: Entry = known ?? { state: null, characters: 0, isAnswering: true };
    entry.isAnswering = true;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return {
      id,
      state: entry.state,
      save: (state) => this.#save(entry, state),
      release: () => this.#release(id, entry),
    };
  }

  #save(entry: Entry, state: ConversationState): void {
    const characters = sizeOf(state);
    this.#characters += characters - entry.characters;
    Object.assign(entry, { state, characters, isAnswering: false });
    for (const [id, oldest] of this.#entries) {
      if (this.#entries.size <= maxConversations && this.#characters <= this.#maxCharacters) break;
      if (!oldest.isAnswering) this.#forget(id, oldest);
    }
  }

  #release(id: string, entry: Entry): void {
    entry.isAnswering = false;
    if (entry.state === null) this.#forget(id, entry);
  }

  #forget(id: string, entry: Entry): void {
    this.#entries.delete(id);
    this.#characters -= entry.characters;
  }
}

function sizeOf({ system, turns }: ConversationState): number {
  const sizes = turns.map(
    ({ text, images }) => text.length + images.reduce((sum, image) => sum + image.base64.length, 0),
  );
  return sizes.reduce((sum, size) => sum + size, system?.length ?? 0);
}
