import type { ByteStream, CancelSignal, GatewayError, Operation, Protocol, RequestRecord } from "@copilot-llm/model";
import type { SpareTerms } from "@copilot-llm/pool";
import type { Principal } from "../identity/principal.js";

/** The item of a batch that a request is made for: it takes only what is to spare, and is settled with its record. */
export interface BatchWork {
  readonly batchId: string;
  readonly index: number;
  readonly spare: SpareTerms;
  /**
   * Whether the item is left as it is and tried again later: what failed before GitHub was reached (no `attempts`) then
   * goes on no record.
   */
  readonly mayTryAgain: (error: GatewayError, attempts: number) => boolean;
  /** Called once the item is settled, with its record. */
  readonly onSettled: () => void;
}

/** One data request, as a transport hands it over. */
export interface ServeCall {
  /** Unique; also the client's `x-request-id`. */
  readonly requestId: string;
  readonly operation: Operation;
  readonly protocol: Protocol;
  readonly principal: Principal;
  readonly body: Uint8Array;
  /** Client headers that the wire knows (`anthropic-version`, `anthropic-beta`), lower-case names. */
  readonly wireHeaders: Readonly<Record<string, string>>;
  /** `X-GitHub-Token-Id`: only this token may serve. */
  readonly pinnedTokenId: string | null;
  /** The recorded conversation that this goes on with; left out: found by the request's own history. */
  readonly conversationId?: string;
  /** Left out: somebody waits for the answer. */
  readonly batch?: BatchWork;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
  /** Aborts when the client hangs up before the answer begins. */
  readonly signal: CancelSignal;
}

/** The answer, in the client's protocol. A refusal is an answer too: its error comes along for the log. */
export interface ServeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream's consumer must start it, or abort it. */
  readonly body: Uint8Array | ByteStream;
  readonly error: GatewayError | null;
  /** What the log line tells; a stream's figures are complete when it has ended. */
  readonly trace: ServeTrace;
}

/** Facts of a request for logs. */
export interface ServeTrace {
  readonly modelAsked: string;
  readonly modelUsed: string | null;
  readonly tokenId: string | null;
  readonly attempts: number;
  readonly stream: boolean;
  /** What was changed of the request because the service would have refused it, or did; rules by their names. */
  readonly changes: readonly string[];
  /** What of the request was left out on its way to another protocol, in words. */
  readonly warnings: readonly string[];
  readonly timeToFirstTokenMs: number | null;
  /** How it ended, as on record; null until then. Of what could not be recorded it tells what the client got. */
  readonly ended: RequestRecord | null;
  /** Calls the listener once the request has ended: at once where it has, which may be after the client hung up. */
  onceEnded(listener: () => void): void;
}
