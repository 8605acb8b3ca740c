import type { GatewayError, ReportedUsage, UpstreamErrorInfo } from "@copilot-llm/model";
import { createStopCutter } from "../canonical/cut-at-stop.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { createCallRestorer } from "../canonical/restore-calls.js";
import { createRefusalTeller } from "../canonical/tell-refusal.js";
import { mapErrorStatus } from "../codec/encoded-error.js";
import type { StreamRun } from "../codec/stream-machine.js";
import { createSseReader, type SseEvent } from "../sse/sse-reader.js";
import { type AnswerIds, createAnswerContext } from "./answer-context.js";
import type { AnswerPlan } from "./answer-plan.js";
import type { AnswerStream, StreamOutput } from "./exchange.js";
import type { TapResult } from "./usage-tap.js";

const reasoningTypes: ReadonlySet<CanonicalEvent["type"]> = new Set([
  "reasoning-start",
  "reasoning-delta",
  "reasoning-end",
]);
const contentTypes: ReadonlySet<CanonicalEvent["type"]> = new Set([
  "text-delta",
  "reasoning-delta",
  "tool-input-start",
]);

/** One streamed answer into the client's protocol. Only whole events go out; a stream that was cut ends in an error. */
export function createStreamTranslator(plan: AnswerPlan, ids: AnswerIds): AnswerStream {
  return new StreamTranslator(plan, ids);
}

type EventMap = (event: CanonicalEvent) => readonly CanonicalEvent[];

class StreamTranslator implements AnswerStream {
  readonly midEvent = false;
  readonly #plan: AnswerPlan;
  readonly #requestId: string;
  readonly #reader = createSseReader();
  readonly #decoder: StreamRun<SseEvent, CanonicalEvent>;
  readonly #encoder: StreamRun<CanonicalEvent, string>;
  readonly #restore: EventMap;
  readonly #cut: EventMap | null;
  readonly #tell: EventMap | null;
  #usage: ReportedUsage = { tokens: null, nanoAiu: null };
  #errorSeen: UpstreamErrorInfo | null = null;
  #hasFinished = false;
  #hasEnded = false;
  #hasContent = false;
  /** What is to go out next. */
  #text = "";
  /** How much of it was there before the end came. */
  #openText = "";

  constructor(plan: AnswerPlan, ids: AnswerIds) {
    this.#plan = plan;
    this.#requestId = ids.requestId;
    this.#decoder = plan.upstream.createStreamDecoder();
    this.#encoder = plan.client.createStreamEncoder(createAnswerContext(plan, ids));
    this.#restore = createCallRestorer(plan.toolNames, (prefix) => ids.createId(prefix));
    this.#cut = plan.stopSequences.length > 0 ? createStopCutter(plan.stopSequences) : null;
    this.#tell = plan.client.needsRefusalWords ? createRefusalTeller() : null;
  }

  push(chunk: Uint8Array): StreamOutput {
    const hadContent = this.#hasContent;
    const hadEnded = this.#hasEnded;
    this.#takeAll(this.#reader.push(chunk));
    return this.#flush(hadContent, hadEnded);
  }

  end(): StreamOutput {
    const hadContent = this.#hasContent;
    const hadEnded = this.#hasEnded;
    this.#takeAll(this.#reader.finish());
    for (const event of this.#decoder.finish()) this.#take(event);
    return this.#flush(hadContent, hadEnded);
  }

  closing(error: GatewayError): Uint8Array | null {
    if (this.#hasEnded) return null;
    this.#hasEnded = true;
    const told = error.upstream ?? { status: mapErrorStatus(error), code: error.code, message: error.message };
    this.#encode({ type: "error", error: told });
    return this.#flush(true, true).bytes;
  }

  replaceEnd(error: GatewayError): Uint8Array {
    return Buffer.from(this.#plan.client.encodeStreamError(error, this.#requestId));
  }

  heartbeat(): Uint8Array {
    return Buffer.from(this.#plan.client.heartbeat);
  }

  result(): TapResult {
    return {
      usage: this.#usage,
      estimatedOutputTokens: 0,
      terminal: this.#hasFinished,
      errorSeen: this.#errorSeen,
    };
  }

  #takeAll(events: readonly SseEvent[]): void {
    for (const event of events) for (const decoded of this.#decoder.push(event)) this.#take(decoded);
  }

  #take(event: CanonicalEvent): void {
    this.#note(event);
    if (!this.#plan.showsReasoning && reasoningTypes.has(event.type)) return;
    for (const restored of this.#restore(event)) {
      if (this.#cut === null) this.#write(restored);
      else for (const kept of this.#cut(restored)) this.#write(kept);
    }
  }

  #write(event: CanonicalEvent): void {
    if (this.#tell === null) this.#encode(event);
    else for (const told of this.#tell(event)) this.#encode(told);
  }

  #note(event: CanonicalEvent): void {
    if (event.type === "usage") this.#usage = event.usage;
    else if (event.type === "finish") this.#hasFinished = true;
    else if (event.type === "error") this.#errorSeen = event.error;
    else if (!this.#hasContent && contentTypes.has(event.type)) this.#hasContent = true;
    if (this.#hasEnded || (event.type !== "finish" && event.type !== "error")) return;
    this.#hasEnded = true;
    this.#openText = this.#text;
  }

  #encode(event: CanonicalEvent): void {
    for (const chunk of this.#encoder.push(event)) this.#text += chunk;
  }

  #flush(hadContent: boolean, hadEnded: boolean): StreamOutput {
    const bytes = this.#text === "" ? null : Buffer.from(this.#text);
    const terminal = this.#hasEnded && !hadEnded;
    const terminalStart = terminal ? Buffer.byteLength(this.#openText) : 0;
    this.#text = "";
    this.#openText = "";
    return { bytes, firstToken: this.#hasContent && !hadContent, terminal, terminalStart };
  }
}
