import type { GatewayError, JsonObject, JsonValue } from "@copilot-llm/model";

/** How a protocol's requests refer to answers that the service itself keeps, and how they do without. */
export interface StoredHistory {
  /** The id of the answer that the request goes on from; null when it brings its history along. */
  previousAnswerId(body: JsonObject): string | null;
  /** The id by which later requests refer to an answer, read from its bytes as the client got them; null when there is none. */
  findAnswerId(answer: Uint8Array): string | null;
  /** One recorded exchange in the words of a request: what the client sent, then what was answered. */
  readTurn(request: JsonObject, answer: Uint8Array): readonly JsonValue[];
  /** The request with earlier turns before its own words, and no reference any more. */
  prependTurns(body: JsonObject, turns: readonly JsonValue[]): JsonObject;
  /** What a client is told whose request refers to an answer that is not on record. */
  unknownAnswer(answerId: string): GatewayError;
}
