import { estimateTokens, type GatewayError, type ReportedUsage, type UpstreamErrorInfo } from "@copilot-llm/model";
import { createStopCutter } from "../canonical/cut-at-stop.js";
import type { CanonicalEvent } from "../canonical/event.js";
import { createCallRestorer } from "../canonical/restore-calls.js";
import { createRefusalTeller } from "../canonical/tell-refusal.js";
import { mapErrorStatus } from "../codec/encoded-error.js";
import type { StreamRun } from "../codec/stream-machine.js";
import { createSseReader, type SseEvent } from "../sse/sse-reader.js";
import { type AnswerIds, createAnswerContext, type StreamAnswerContext } from "./answer-context.js";
import type { AnswerPlan } from "./answer-plan.js";
import type { AnswerStream, StreamOutput } from "./exchange.js";
import { TextShortcut } from "./text-shortcut.js";
import type { TapResult } from "./usage-tap.js";

const lineFeed = 0x0a;
const blankLine = Buffer.from("\n\n");
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
  /** Of what the model wrote so far, as JSON; its thoughts and calls included. */
  #contentBytes = 0;
  /** Null where what the client gets depends on more than the event. */
  readonly #shortcut: TextShortcut | null;
  /** Nothing of an unfinished event is held. */
  #isBetweenEvents = true;
  /** What the last events decoded to, and whether they changed a state. */
  #decodedCount = 0;
  #hasChanged = false;
  /** What is to go out next. */
  #text = "";
  /** How much of it was there before the end came. */
  #openText = "";

  constructor(plan: AnswerPlan, ids: AnswerIds) {
    this.#plan = plan;
    this.#requestId = ids.requestId;
    this.#decoder = plan.upstream.createStreamDecoder();
    const context: StreamAnswerContext = {
      ...createAnswerContext(plan, ids),
      estimateOutputTokens: () => estimateTokens(this.#contentBytes),
    };
    this.#encoder = plan.client.createStreamEncoder(context);
    this.#restore = createCallRestorer(plan.toolNames, (prefix) => ids.createId(prefix));
    this.#cut = plan.stopSequences.length > 0 ? createStopCutter(plan.stopSequences) : null;
    this.#tell = plan.client.needsRefusalWords ? createRefusalTeller() : null;
    this.#shortcut =
      this.#cut === null && this.#tell === null
        ? new TextShortcut(plan.upstream.textOpenings, plan.client.textOpenings)
        : null;
  }

  push(chunk: Uint8Array): StreamOutput {
    const hadContent = this.#hasContent;
    const hadEnded = this.#hasEnded;
    this.#takeChunk(chunk);
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
      estimatedOutputTokens: estimateTokens(this.#contentBytes),
      terminal: this.#hasFinished,
      errorSeen: this.#errorSeen,
    };
  }

  #takeChunk(chunk: Uint8Array): void {
    const shortcut = this.#shortcut;
    if (shortcut === null || !shortcut.isUseful || !this.#isBetweenEvents) {
      this.#takeBytes(chunk);
      return;
    }
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    let at = 0;
    while (at < bytes.length) {
      let end = shortcut.endOf(bytes, at);
      if (end !== -1) {
        this.#text += shortcut.translate(bytes);
        this.#contentBytes += shortcut.textBytes;
      } else {
        end = shortcut.isUseful ? findEventEnd(bytes, at) : bytes.length;
        this.#takeEvent(shortcut, bytes, at, end);
      }
      at = end;
    }
  }

  /** The long way, and what it teaches. */
  #takeEvent(shortcut: TextShortcut, bytes: Buffer, start: number, end: number): void {
    const { length } = this.#text;
    const hadContent = this.#hasContent;
    this.#takeBytes(bytes.subarray(start, end));
    if (!this.#hasChanged && hadContent && this.#decodedCount === 1)
      shortcut.learn(bytes, start, end, this.#text.slice(length));
  }

  #takeBytes(bytes: Uint8Array): void {
    this.#decodedCount = 0;
    this.#hasChanged = false;
    this.#takeAll(this.#reader.push(bytes));
    if (this.#hasChanged) this.#shortcut?.forget();
    const { length } = bytes;
    this.#isBetweenEvents = bytes[length - 1] === lineFeed && bytes[length - 2] === lineFeed;
  }

  #takeAll(events: readonly SseEvent[]): void {
    for (const event of events) {
      const decoded = this.#decoder.push(event);
      this.#decodedCount += decoded.length;
      this.#hasChanged ||= this.#decoder.hasChanged;
      for (const one of decoded) this.#take(one);
    }
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
    if ("text" in event) this.#contentBytes += jsonBytes(event.text);
    if (this.#hasEnded || (event.type !== "finish" && event.type !== "error")) return;
    this.#hasEnded = true;
    this.#openText = this.#text;
  }

  #encode(event: CanonicalEvent): void {
    for (const chunk of this.#encoder.push(event)) this.#text += chunk;
    this.#hasChanged ||= this.#encoder.hasChanged;
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

/** How long the text is inside a JSON string, where the short way finds it. */
function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** The offset behind the blank line that ends the event at `start`; the end of the bytes when there is none. */
function findEventEnd(bytes: Buffer, start: number): number {
  const at = bytes.indexOf(blankLine, start);
  return at === -1 ? bytes.length : at + blankLine.length;
}
