import type { JsonObject } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import type { CanonicalRequest } from "../canonical/request.js";
import type { CanonicalResponse } from "../canonical/response.js";
import type { SseEvent } from "../sse/sse-reader.js";
import type { StreamRun } from "./stream-machine.js";

export interface DecodedRequest {
  readonly request: CanonicalRequest;
  /** What could not be held, in words for the log and the client's developer. */
  readonly warnings: readonly string[];
}

export interface EncodedRequest {
  readonly body: JsonObject;
  readonly warnings: readonly string[];
}

/** What an encoder needs besides the answer itself; ids and time are the caller's. */
export interface AnswerContext {
  /** Shown where the upstream names no model. */
  readonly model: string;
  readonly requestId: string;
  readonly nowSeconds: number;
  /** A new id that begins with `prefix` and was never given before. */
  createId(prefix: string): string;
  /** Chat: the client asked for the usage chunk. */
  readonly includeUsage: boolean;
  /** Messages: the input tokens that `message_start` names before the upstream has told. */
  readonly estimatedInputTokens: number;
  /** Responses: settings of the request, which the answer repeats; none when left out. */
  readonly settings?: JsonObject;
}

/** One wire protocol, to and from the canonical model. Pure but for `AnswerContext.createId`. */
export interface WireCodec {
  /** Throws `invalid_request` for wrong types and for what no other wire can hold. */
  decodeRequest(body: JsonObject): DecodedRequest;
  encodeRequest(request: CanonicalRequest): EncodedRequest;
  /** Throws `upstream_error` when the body tells an error. */
  decodeResponse(body: JsonObject): CanonicalResponse;
  encodeResponse(response: CanonicalResponse, context: AnswerContext): JsonObject;
  /** Server-sent events in, canonical events out: exactly one terminal event, whatever comes. */
  createStreamDecoder(): StreamRun<SseEvent, CanonicalEvent>;
  /** Canonical events in, server-sent events as text out; ends in the protocol's own terminal event. */
  createStreamEncoder(context: AnswerContext): StreamRun<CanonicalEvent, string>;
}
