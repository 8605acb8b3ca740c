import type { RecordingMode } from "./api-key.js";
import type { ErrorCode } from "./error.js";
import type { UpstreamFailureKind } from "./upstream-failure.js";
import type { TokenUsage } from "./usage.js";
import type { Initiator, Protocol } from "./wire.js";

/** One try on one token. */
export interface RequestAttempt {
  readonly tokenId: string;
  /** The upstream's status; null when there was no answer. */
  readonly status: number | null;
  readonly failure: UpstreamFailureKind | null;
  readonly durationMs: number;
  /**
   * What was changed of the client's request for this try: the service's rules by name (docs/protocols.md#rules), and what
   * a refusal was answered with (`without temperature`). Absent where nothing was.
   */
  readonly changes?: readonly string[];
}

/** How a request ended for its client. */
export type RequestOutcome =
  /** The whole answer was passed on. */
  | "completed"
  /** An error was answered, or the stream ended in one. */
  | "failed"
  /** The client hung up. */
  | "aborted";

export type Operation = "generate" | "embed" | "count_tokens";

/** What is kept of every request, whatever became of it. */
export interface RequestRecord {
  /** Also the `x-request-id` the client got. */
  readonly id: string;
  readonly startedAtMs: number;
  /** Null for a request by the legacy key or an admin session; `keyAlias` then says which. */
  readonly keyId: string | null;
  readonly keyAlias: string;
  readonly tokenId: string | null;
  readonly tokenAlias: string | null;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
  readonly operation: Operation;
  readonly protocol: Protocol;
  readonly wire: Protocol | null;
  readonly stream: boolean;
  readonly modelAsked: string;
  readonly modelUsed: string | null;
  readonly initiator: Initiator;
  /** Groups the requests of one conversation. */
  readonly conversationId: string;
  readonly attempts: readonly RequestAttempt[];
  readonly outcome: RequestOutcome;
  readonly status: number;
  readonly errorCode: ErrorCode | null;
  readonly timeToFirstTokenMs: number | null;
  readonly durationMs: number;
  readonly usage: TokenUsage | null;
  readonly premiumUnits: number;
  readonly nanoAiu: number | null;
  readonly recording: RecordingMode;
  /** The batch for whose item it was made. Absent where somebody waited for the answer. */
  readonly batchId?: string;
}

/** The bodies of a `full` recording, as the client sent and got them. */
export interface RecordedBodies {
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}
