import { type Initiator, LatestMap, type Randomness } from "@copilot-llm/model";

const capacity = 10_000;

/** The `X-Interaction-Id` of each conversation's current user turn: an agent's further requests share the turn's id. */
export class InteractionIds {
  readonly #randomness: Randomness;
  readonly #current = new LatestMap<string, string>(capacity);

  constructor(randomness: Randomness) {
    this.#randomness = randomness;
  }

  next(conversationId: string, initiator: Initiator): string {
    const known = this.#current.get(conversationId);
    const id = initiator === "agent" && known !== undefined ? known : randomUuid(this.#randomness);
    this.#current.set(conversationId, id);
    return id;
  }
}

/** A version 4 UUID from the given randomness. */
function randomUuid(randomness: Randomness): string {
  const bytes = Buffer.from(randomness.bytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
