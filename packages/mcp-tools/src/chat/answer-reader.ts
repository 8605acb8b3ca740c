import { GatewayError, parseJson } from "@copilot-llm/model";
import { createSseReader, createUsageTap } from "@copilot-llm/protocols";
import * as z from "zod";
import type { ChatAnswer, FinishReason } from "./chat-request.js";

const chunkSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: z.looseObject({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
});

/**
 * Reads a streamed Chat Completions answer, byte by byte as it comes. Several choices are parts of one answer here
 * (docs/copilot-service.md#split-choices), so their texts are joined. One reader per answer.
 */
export class AnswerReader {
  readonly #onText: (text: string) => void;
  readonly #events = createSseReader();
  readonly #tap = createUsageTap("openai-chat", "stream");
  readonly #texts: string[] = [];
  #finishReason: FinishReason = "other";

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
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
    const choices = chunkSchema.safeParse(parseJson(data)).data?.choices ?? [];
    for (const { delta, finish_reason: reason } of choices) {
      if (typeof reason === "string") this.#finishReason = mapFinishReason(reason);
      const text = delta?.content ?? delta?.refusal ?? "";
      if (text === "") continue;
      this.#texts.push(text);
      this.#onText(text);
    }
  }
}

function mapFinishReason(reason: string): FinishReason {
  return reason === "stop" || reason === "length" || reason === "content_filter" ? reason : "other";
}
