import type { JsonObject, Wire } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart } from "../canonical/part.js";
import { wireOf } from "../exchange/protocols.js";
import { createSseReader } from "../sse/sse-reader.js";
import { collectAnswer } from "./collect-answer.js";

/** What the assistant said in an answer as its client got it, whole or as a stream. Throws for what is neither. */
export function readRecordedAnswer(protocol: Wire, bytes: Uint8Array): readonly AssistantPart[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  if (text.trimStart().startsWith("{")) {
    return wireOf(protocol).decodeResponse(JSON.parse(text) as JsonObject).content;
  }
  return collectAnswer(decodeStream(protocol, bytes));
}

function* decodeStream(protocol: Wire, bytes: Uint8Array): Generator<CanonicalEvent> {
  const reader = createSseReader();
  const decoder = wireOf(protocol).createStreamDecoder();
  for (const event of reader.push(bytes)) yield* decoder.push(event);
  for (const event of reader.finish()) yield* decoder.push(event);
  yield* decoder.finish();
}
