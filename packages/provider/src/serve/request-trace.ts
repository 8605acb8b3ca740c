import type {
  CatalogueModel,
  ClaimUsage,
  Clock,
  ErrorCode,
  Initiator,
  Protocol,
  RecordingMode,
  ReportedUsage,
  RequestAttempt,
  RequestOutcome,
  RequestRecord,
} from "@copilot-llm/model";
import { keyOf, principalId, principalName } from "../principal.js";
import type { Conversation } from "./conversations.js";
import type { ServeCall, ServeTrace } from "./serve-call.js";

export interface Ending {
  readonly outcome: RequestOutcome;
  readonly status: number;
  readonly errorCode: ErrorCode | null;
  readonly usage: ReportedUsage | null;
  readonly premiumUnits: number;
  readonly nanoAiu: number | null;
}

/** What becomes known of a request on its way, for the record, the log and the charges. */
export class RequestTrace implements ServeTrace {
  readonly call: ServeCall;
  readonly recording: RecordingMode;
  readonly startedAtMs: number;
  readonly #startedAt: number;
  readonly #clock: Clock;

  modelAsked = "";
  /** The tokens that may serve the request; null means any. */
  onlyTokenIds: readonly string[] | null = null;
  model: CatalogueModel | null = null;
  /** The model as the account bills it that was asked last; null before one is. */
  billedModel: CatalogueModel | null = null;
  wire: Protocol | null = null;
  stream = false;
  initiator: Initiator = "user";
  conversation: Conversation;
  startsConversation = true;
  tokenId: string | null = null;
  tokenAlias: string | null = null;
  timeToFirstTokenMs: number | null = null;
  /** The key's limits as they stood when the request was admitted or refused; empty for a key without any. */
  limitUsage: readonly ClaimUsage[] = [];
  readonly tries: RequestAttempt[] = [];

  constructor(call: ServeCall, recording: RecordingMode, clock: Clock) {
    this.call = call;
    this.recording = recording;
    this.#clock = clock;
    this.startedAtMs = clock.nowMs();
    this.#startedAt = clock.monotonicMs();
    this.conversation = {
      id: call.conversationId ?? `${principalId(call.principal)}:${call.requestId}`,
      end: () => {},
    };
  }

  get modelUsed(): string | null {
    return this.model?.id ?? null;
  }

  get attempts(): number {
    return this.tries.length;
  }

  elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startedAt;
  }

  noteFirstToken(): void {
    this.timeToFirstTokenMs ??= Math.round(this.elapsedMs());
  }

  record(ending: Ending): RequestRecord {
    const { call } = this;
    return {
      id: call.requestId,
      startedAtMs: this.startedAtMs,
      keyId: keyOf(call.principal)?.id ?? null,
      keyAlias: principalName(call.principal),
      tokenId: this.tokenId,
      tokenAlias: this.tokenAlias,
      clientIp: call.clientIp,
      userAgent: call.userAgent,
      operation: call.operation,
      protocol: call.protocol,
      wire: this.wire,
      stream: this.stream,
      modelAsked: this.modelAsked,
      modelUsed: this.modelUsed,
      initiator: this.initiator,
      conversationId: this.conversation.id,
      attempts: this.tries,
      outcome: ending.outcome,
      status: ending.status,
      errorCode: ending.errorCode,
      timeToFirstTokenMs: this.timeToFirstTokenMs,
      durationMs: Math.round(this.elapsedMs()),
      usage: ending.usage?.tokens ?? null,
      premiumUnits: ending.premiumUnits,
      nanoAiu: ending.nanoAiu,
      recording: this.recording,
    };
  }
}
