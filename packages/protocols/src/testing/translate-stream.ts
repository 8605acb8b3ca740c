import type { AnswerPlan } from "../exchange/answer-plan.js";
import type { StreamOutput } from "../exchange/exchange.js";
import { createStreamTranslator } from "../exchange/stream-translator.js";
import { createSseReader, type SseEvent } from "../sse/sse-reader.js";
import { answerIds } from "./answer-ids.js";

/** What a client gets of a stream that comes in these chunks. */
export function translateStream(plan: AnswerPlan, chunks: readonly Uint8Array[]) {
  const translator = createStreamTranslator(plan, answerIds());
  const parts: StreamOutput[] = [...chunks.map((chunk) => translator.push(chunk)), translator.end()];
  const bytes = Buffer.concat(parts.flatMap((part) => (part.bytes === null ? [] : [part.bytes])));
  return { bytes, text: bytes.toString(), parts, result: translator.result(), translator };
}

export function readEvents(bytes: Uint8Array): SseEvent[] {
  const reader = createSseReader();
  return [...reader.push(bytes), ...reader.finish()];
}
