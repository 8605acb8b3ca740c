import type { JsonObject, Wire } from "@copilot-llm/model";
import type { CanonicalMessage } from "../canonical/request.js";
import { wireOf } from "../exchange/protocols.js";
import { readRecordedAnswer } from "./read-recorded-answer.js";

/**
 * The request that goes on with a recorded conversation: the recorded request, what was answered, and the user's next
 * message; streamed. Throws for records that are no request and answer of this protocol.
 */
export function continueConversation(
  protocol: Wire,
  recordedRequest: JsonObject,
  recordedAnswer: Uint8Array,
  message: string,
): JsonObject {
  const codec = wireOf(protocol);
  const { request } = codec.decodeRequest(recordedRequest);
  const answer: CanonicalMessage = { role: "assistant", content: readRecordedAnswer(protocol, recordedAnswer) };
  const next: CanonicalMessage = { role: "user", content: [{ type: "text", text: message, cache: null }] };
  const messages = [...request.messages, ...(answer.content.length === 0 ? [] : [answer]), next];
  return codec.encodeRequest({ ...request, messages, stream: true, includeUsage: true }).body;
}
