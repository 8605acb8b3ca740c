import type { GatewayError, Operation, Protocol, ReportedUsage, UpstreamFailure } from "@copilot-llm/model";
import type { WireHeaders } from "../codec/protocol-definition.js";
import type { AnswerIds } from "./answer-context.js";
import type { ServicePath } from "./protocols.js";
import type { TapResult } from "./usage-tap.js";

/** What a client's call says besides its body. */
export interface ExchangeCall {
  readonly protocol: Protocol;
  readonly operation: Operation;
  /** The client's headers that its protocol knows. */
  readonly wireHeaders: WireHeaders;
}

/** One request as it goes to the service, and the way of its answer back into the client's protocol. */
export interface Exchange {
  /** The protocol in which it goes up. */
  readonly wire: Protocol;
  readonly path: ServicePath;
  readonly body: Uint8Array;
  /** What must be sent besides, one after the other, where the request is more than the service takes at once. */
  readonly furtherBodies: readonly Uint8Array[];
  readonly headers: WireHeaders;
  /** The names of the rules that changed the request because the service would have refused it (docs/protocols.md#rules). */
  readonly applied: readonly string[];
  /** What was left out on the way to another protocol, in words for the log. */
  readonly warnings: readonly string[];
  /** True when the answer is of the content type that the upstream gives it. */
  readonly keepsContentType: boolean;
  /** The whole answers to all bodies as one; the very bytes of a single one. Throws `upstream_error` for what is no answer. */
  joinAnswers(received: readonly Uint8Array[]): Uint8Array;
  /** A whole answer for the client. Throws `upstream_error` for a body that is no answer. */
  readAnswer(received: Uint8Array, ids: AnswerIds): ReadAnswer;
  /** A streamed answer for the client. One per answer. */
  openStream(ids: AnswerIds): AnswerStream;
  /** What may be tried once in its place after a refusal; null when the refusal must stand. */
  mend(failure: UpstreamFailure): MendedRequest | null;
}

/** A refused request without what it was refused for. */
export interface MendedRequest {
  readonly body: Uint8Array;
  readonly headers: WireHeaders;
  /** What was changed, for the request's record: `without temperature`. */
  readonly change: string;
  /** What the model is known not to take from now on; empty where the refusal was about this request only. */
  readonly refused: readonly string[];
}

export interface ReadAnswer {
  readonly body: Uint8Array;
  readonly usage: ReportedUsage;
}

/** What one step brought for the client. `bytes` is null when there is nothing to send yet. */
export interface StreamOutput {
  readonly bytes: Uint8Array | null;
  /** The first content, reasoning or tool call is among the bytes. */
  readonly firstToken: boolean;
  /** The event that ends the client's stream is among the bytes. */
  readonly terminal: boolean;
  /** With `terminal`: where in the bytes that event begins. What stands before it may go to the client at once. */
  readonly terminalStart: number;
}

/** Turns the upstream's stream into the client's, and reads usage on the way. */
export interface AnswerStream {
  /** The same object may be handed out at every push: read it before the next one. Throws `upstream_error` for an event larger than the gateway takes. */
  push(chunk: Uint8Array): StreamOutput;
  /** The upstream has ended. */
  end(): StreamOutput;
  /** The bytes that end a broken stream in the client's form; null when it has its end already. */
  closing(error: GatewayError): Uint8Array | null;
  /** The bytes that tell an error in place of an end that was held back. */
  replaceEnd(error: GatewayError): Uint8Array;
  /** What keeps the stream open while it is silent and the client is not in the middle of an event. */
  heartbeat(): Uint8Array;
  /** After the end, or when the stream is given up. */
  result(): TapResult;
  /** True while the client waits for the rest of an event. */
  readonly midEvent: boolean;
}
