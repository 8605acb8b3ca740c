import { crc32 } from "node:zlib";
import type { JsonObject, JsonValue } from "@copilot-llm/model";

const sampledCharacters = 256;

/**
 * Follows a history behind its opening and notes a checksum wherever the assistant was asked. Of a message its texts
 * and the ids of its calls count, not its packing or its cache marks; of a long text the length and both ends.
 */
export class ConversationTurns {
  readonly #asked: number[] = [];
  #checksum = 0;
  #isAnswering = false;

  add(isAnswer: boolean, content: JsonValue | undefined, callId?: JsonValue): void {
    if (isAnswer && !this.#isAnswering) this.#asked.push(this.#checksum);
    this.#isAnswering = isAnswer;
    this.#addText(isAnswer ? "answer" : "question");
    if (typeof callId === "string") this.#addText(callId);
    if (typeof content === "string") this.#addText(content);
    if (!Array.isArray(content)) return;
    for (const part of content as readonly (JsonObject | null)[]) {
      const told = part?.text ?? part?.tool_use_id ?? part?.id;
      if (typeof told === "string") this.#addText(told);
    }
  }

  /** See `RequestPeek.turns`. */
  finish(): readonly number[] {
    return [...this.#asked, this.#checksum];
  }

  #addText(text: string): void {
    const isLong = text.length > 2 * sampledCharacters;
    const sample = isLong ? text.slice(0, sampledCharacters) + text.slice(-sampledCharacters) : text;
    this.#checksum = crc32(`${text.length}:${sample}`, this.#checksum);
  }
}
