import { GatewayError } from "@copilot-llm/model";
import { createSseReader, createUsageTap } from "@copilot-llm/protocols";
import type { ChatAnswer, FinishReason } from "./chat-request.js";
import type { ChatWire } from "./chat-wire.js";

/** Reads a streamed answer of any wire, byte by byte as it comes. One reader per answer. */
export class AnswerReader {
  readonly #wire: ChatWire;
  readonly #onText: (text: string) => void;
  readonly #events = createSseReader();
  readonly #tap: ReturnType<typeof createUsageTap>;
  readonly #texts: string[] = [];
  #finishReason: FinishReason = "other";

  constructor(wire: ChatWire, onText: (text: string) => void) {
    this.#wire = wire;
    this.#onText = onText;
    this.#tap = createUsageTap(wire.protocol, "stream");
  }

  /** Throws `upstream_error` for an event that is too large. */
  push(chunk: Uint8Array): void {
    this.#tap.push(chunk);
    for (const { data } of this.#events.push(chunk)) this.#take(data);
  }

  /** The whole answer. Throws `upstream_error` when the stream told an error or broke off. */
  finish(): Pick<ChatAnswer, "text" | "finishReason" | "usage"> {
    for (const { data } of this.#events.finish()) this.#take(data);
    const { usage, terminal, errorSeen } = this.#tap.finish();
    if (errorSeen !== null) throw new GatewayError("upstream_error", errorSeen.message, { upstream: errorSeen });
    if (!terminal) throw new GatewayError("upstream_error", "The answer broke off before it was complete.");
    return { text: this.#texts.join(""), finishReason: this.#finishReason, usage };
  }

  #take(data: string): void {
    const { text, finishReason } = this.#wire.decodeEvent(data);
    if (finishReason !== undefined) this.#finishReason = finishReason;
    if (text === undefined || text === "") return;
    this.#texts.push(text);
    this.#onText(text);
  }
}
