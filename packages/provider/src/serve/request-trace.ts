import type {
  CatalogueModel,
  Clock,
  ErrorCode,
  GatewayError,
  Initiator,
  Protocol,
  RecordingMode,
  ReportedUsage,
  RequestAttempt,
  RequestOutcome,
  RequestRecord,
} from "@copilot-llm/model";
import type { Lease } from "@copilot-llm/pool";
import type { Exchange, RequestPeek } from "@copilot-llm/protocols";
import { keyOf, principalId, principalName } from "../identity/principal.js";
import type { Conversation } from "./conversations.js";
import type { AttemptWatch, RequestWatch } from "./request-watch.js";
import type { ServeCall, ServeTrace } from "./serve-call.js";

export interface Ending {
  readonly outcome: RequestOutcome;
  readonly status: number;
  readonly errorCode: ErrorCode | null;
  readonly usage: ReportedUsage | null;
  readonly premiumUnits: number;
  readonly nanoAiu: number | null;
}

/** What one try came to: the upstream's status and how it failed; both null where there was no answer. */
export type TryResult = Pick<RequestAttempt, "status" | "failure">;

/**
 * What becomes known of a request on its way, for its record and the log line. The steps note facts here; what one step
 * hands to the next is a value of its own.
 */
export class RequestTrace implements ServeTrace {
  readonly call: ServeCall;
  readonly recording: RecordingMode;
  readonly startedAtMs: number;
  readonly #startedAt: number;
  readonly #clock: Clock;
  readonly #watch: RequestWatch | null;
  readonly #tries: RequestAttempt[] = [];
  readonly #endListeners: (() => void)[] = [];
  #modelAsked = "";
  #model: CatalogueModel | null = null;
  #billedModel: CatalogueModel | null = null;
  #wire: Protocol | null = null;
  #changes: readonly string[] = [];
  #warnings: readonly string[] = [];
  #stream = false;
  #initiator: Initiator = "user";
  #conversation: Conversation;
  #tokenId: string | null = null;
  #tokenAlias: string | null = null;
  #tryStartedAt = 0;
  #tryWatch: AttemptWatch | null = null;
  #timeToFirstTokenMs: number | null = null;
  #ending: RequestRecord | null = null;
  #ended: RequestRecord | null = null;

  constructor(call: ServeCall, recording: RecordingMode, clock: Clock, watch: RequestWatch | null = null) {
    this.call = call;
    this.recording = recording;
    this.#clock = clock;
    this.#watch = watch;
    this.startedAtMs = clock.nowMs();
    this.#startedAt = clock.monotonicMs();
    const id = call.conversationId ?? `${principalId(call.principal)}:${call.requestId}`;
    this.#conversation = { id, end: () => {} };
  }

  get modelAsked(): string {
    return this.#modelAsked;
  }

  get modelUsed(): string | null {
    return this.#model?.id ?? null;
  }

  /** The model as the account bills it that was asked last; null before one was. */
  get billedModel(): CatalogueModel | null {
    return this.#billedModel;
  }

  get initiator(): Initiator {
    return this.#initiator;
  }

  get tokenId(): string | null {
    return this.#tokenId;
  }

  get attempts(): number {
    return this.#tries.length;
  }

  get stream(): boolean {
    return this.#stream;
  }

  get changes(): readonly string[] {
    return this.#changes;
  }

  get warnings(): readonly string[] {
    return this.#warnings;
  }

  get timeToFirstTokenMs(): number | null {
    return this.#timeToFirstTokenMs;
  }

  /** What goes along to the upstream with the try that was noted last; null: nothing. */
  get traceparent(): string | null {
    return this.#tryWatch?.traceparent ?? null;
  }

  get ended(): RequestRecord | null {
    return this.#ended;
  }

  onceEnded(listener: () => void): void {
    if (this.#ended === null) this.#endListeners.push(listener);
    else listener();
  }

  elapsedMs(): number {
    return this.#clock.monotonicMs() - this.#startedAt;
  }

  noteRequest({ model, stream, initiator }: RequestPeek): void {
    this.#modelAsked = model;
    this.#stream = stream;
    this.#initiator = initiator;
  }

  noteConversation(conversation: Conversation): void {
    this.#conversation = conversation;
  }

  noteModel(model: CatalogueModel): void {
    this.#model = model;
  }

  noteExchange({ wire, applied, warnings }: Pick<Exchange, "wire" | "applied" | "warnings">): void {
    this.#wire = wire;
    this.#changes = applied;
    this.#warnings = warnings;
  }

  /** The request goes up otherwise from the next try on. */
  noteChange(change: string): void {
    this.#changes = [...this.#changes, change];
  }

  noteTry({ tokenId, model }: Lease, tokenAlias: string | null): void {
    this.#tokenId = tokenId;
    this.#tokenAlias = tokenAlias;
    this.#billedModel = model;
    this.#tryWatch = this.#watch?.startAttempt({ tokenId, modelId: model.id }) ?? null;
    this.#tryStartedAt = this.#clock.monotonicMs();
  }

  /** Ends the try that was noted last. */
  noteTryResult({ status, failure }: TryResult): void {
    const durationMs = Math.round(this.#clock.monotonicMs() - this.#tryStartedAt);
    const told = { tokenId: this.#tokenId ?? "", status, failure, durationMs };
    const attempt = this.#changes.length === 0 ? told : { ...told, changes: this.#changes };
    this.#tries.push(attempt);
    this.#tryWatch?.answer(attempt);
  }

  noteFirstToken(): void {
    this.#timeToFirstTokenMs ??= Math.round(this.elapsedMs());
  }

  /** The request has come to this: its record, and its conversation is told. */
  record(ending: Ending): RequestRecord {
    const { call } = this;
    this.#conversation.end(ending.outcome === "completed");
    const record: RequestRecord = {
      id: call.requestId,
      startedAtMs: this.startedAtMs,
      keyId: keyOf(call.principal)?.id ?? null,
      keyAlias: principalName(call.principal),
      tokenId: this.#tokenId,
      tokenAlias: this.#tokenAlias,
      clientIp: call.clientIp,
      userAgent: call.userAgent,
      operation: call.operation,
      protocol: call.protocol,
      wire: this.#wire,
      stream: this.#stream,
      modelAsked: this.#modelAsked,
      modelUsed: this.modelUsed,
      initiator: this.#initiator,
      conversationId: this.#conversation.id,
      attempts: this.#tries,
      outcome: ending.outcome,
      status: ending.status,
      errorCode: ending.errorCode,
      timeToFirstTokenMs: this.#timeToFirstTokenMs,
      durationMs: Math.round(this.elapsedMs()),
      usage: ending.usage?.tokens ?? null,
      premiumUnits: ending.premiumUnits,
      nanoAiu: ending.nanoAiu,
      recording: this.recording,
      ...(call.batch === undefined ? {} : { batchId: call.batch.batchId }),
    };
    this.#ending = record;
    return record;
  }

  /** It could not be put on record, and its client is told this instead of a clean end. */
  noteUnrecorded({ code }: GatewayError): void {
    if (this.#ending !== null) this.#ending = { ...this.#ending, outcome: "failed", errorCode: code };
  }

  /** Nothing comes any more: whoever follows the request or waits for its end is told. To be called once. */
  end(): RequestRecord | null {
    this.#ended = this.#ending;
    if (this.#ended !== null) this.#watch?.end(this.#ended);
    for (const listener of this.#endListeners.splice(0)) listener();
    return this.#ended;
  }
}
