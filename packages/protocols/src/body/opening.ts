import { hash } from "node:crypto";
import type { JsonObject, JsonValue } from "@copilot-llm/model";

const headCharacters = 2048;
const tailCharacters = 512;
const maxTexts = 64;
/**
 * Claude Code writes this block anew for every session and version
 * (docs/client-requirements.md#session-header-in-system).
 */
const billingHeaderPrefix = "x-anthropic-billing-header:";

/**
 * Collects what opens a conversation and stays the same over its turns: system texts and the first user messages.
 * Only text counts, not its packing: clients send one message as a string now and as parts with cache marks later.
 * Of a long text the length, the beginning and the end count, so a large prompt costs no more than a small one.
 */
export class ConversationOpening {
  readonly #sampled: string[] = [];

  addText(kind: string, text: string): void {
    if (this.#sampled.length >= maxTexts || text.startsWith(billingHeaderPrefix)) return;
    const isLong = text.length > headCharacters + tailCharacters;
    const sample = isLong ? text.slice(0, headCharacters) + text.slice(-tailCharacters) : text;
    this.#sampled.push(`${kind}:${text.length}:${sample}`);
  }

  addContent(kind: string, content: JsonValue | undefined): void {
    if (typeof content === "string") {
      this.addText(kind, content);
      return;
    }
    if (!Array.isArray(content)) return;
    for (const part of content as readonly (JsonObject | null)[]) {
      const text = part?.text;
      if (typeof text === "string") this.addText(kind, text);
    }
  }

  fingerprint(): string {
    return hash("sha256", this.#sampled.join("\n")).slice(0, 32);
  }
}
