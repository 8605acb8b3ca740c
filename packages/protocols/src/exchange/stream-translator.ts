import type { GatewayError, ReportedUsage, UpstreamErrorInfo } from "@copilot-llm/model";
import type { CanonicalEvent } from "../canonical/event.js";
import { createSseReader, type SseEvent } from "../sse/sse-reader.js";
import { type AnswerIds, createAnswerContext } from "./answer-context.js";
import { codecFor } from "./codec-for.js";
import { createStopCutter } from "./cut-at-stop.js";
import { mapError } from "./map-error.js";
import { createCallRestorer } from "./restore-calls.js";
import type { AnswerPlan } from "./translate-request.js";
import type { TapResult } from "./usage-tap.js";

/** What one push brought. `bytes` are whole events of the client's protocol, or null. */
export interface TranslatedChunk {
  readonly bytes: Uint8Array | null;
  readonly firstToken: boolean;
  /** The event that ends the client's stream is among the bytes. */
  readonly terminal: boolean;
  /** With `terminal`: where in the bytes the events begin that the end of the answer brought. */
  readonly terminalStart: number;
}

/** Turns one streamed answer into the client's protocol, and reads usage on the way as a tap does. */
export interface StreamTranslator {
  /** Throws `upstream_error` when an event is larger than the gateway takes. */
  push(chunk: Uint8Array): TranslatedChunk;
  /** The upstream's end. A stream that was cut ends in the protocol's own error. */
  finish(): TranslatedChunk;
  /** Ends the client's stream with an error of the gateway's; null when it has ended already. */
  closing(error: GatewayError): Uint8Array | null;
  result(): TapResult;
}

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

/** One translator per answer. */
export function createStreamTranslator(plan: AnswerPlan, ids: AnswerIds): StreamTranslator {
  const reader = createSseReader();
  const decoder = codecFor(plan.wire).createStreamDecoder();
  const output = codecFor(plan.protocol).createStreamEncoder(createAnswerContext(plan, ids));
  const restore = createCallRestorer(plan.toolNames, (prefix) => ids.createId(prefix));
  const cut = plan.stopSequences.length > 0 ? createStopCutter(plan.stopSequences) : null;
  let usage: ReportedUsage = { tokens: null, nanoAiu: null };
  let errorSeen: UpstreamErrorInfo | null = null;
  let hasFinished = false;
  let hasEnded = false;
  let hasContent = false;
  let text = "";
  /** How much of the text was there before the end came. */
  let openText = "";

  const encode = (event: CanonicalEvent): void => {
    for (const chunk of output.push(event)) text += chunk;
  };

  const take = (event: CanonicalEvent): void => {
    if (event.type === "usage") usage = event.usage;
    else if (event.type === "finish") hasFinished = true;
    else if (event.type === "error") errorSeen = event.error;
    else if (!hasContent && contentTypes.has(event.type)) hasContent = true;
    if (!hasEnded && (event.type === "finish" || event.type === "error")) {
      hasEnded = true;
      openText = text;
    }
    if (!plan.showsReasoning && reasoningTypes.has(event.type)) return;
    for (const restored of restore(event)) {
      if (cut === null) encode(restored);
      else for (const kept of cut(restored)) encode(kept);
    }
  };

  const takeAll = (events: readonly SseEvent[]): void => {
    for (const event of events) for (const decoded of decoder.push(event)) take(decoded);
  };

  const flush = (hadContent: boolean, hadEnded: boolean): TranslatedChunk => {
    const bytes = text === "" ? null : Buffer.from(text);
    const terminal = hasEnded && !hadEnded;
    const terminalStart = terminal ? Buffer.byteLength(openText) : 0;
    text = "";
    openText = "";
    return { bytes, firstToken: hasContent && !hadContent, terminal, terminalStart };
  };

  return {
    push(chunk) {
      const hadContent = hasContent;
      const hadEnded = hasEnded;
      takeAll(reader.push(chunk));
      return flush(hadContent, hadEnded);
    },
    finish() {
      const hadContent = hasContent;
      const hadEnded = hasEnded;
      takeAll(reader.finish());
      for (const event of decoder.finish()) take(event);
      return flush(hadContent, hadEnded);
    },
    closing(error) {
      if (hasEnded) return null;
      hasEnded = true;
      const told = error.upstream ?? { status: mapError(error).status, code: error.code, message: error.message };
      encode({ type: "error", error: told });
      return flush(true, true).bytes;
    },
    result: () => ({ usage, estimatedOutputTokens: 0, terminal: hasFinished, errorSeen }),
  };
}
