import type { GatewayError, JsonObject, ReportedUsage } from "@copilot-llm/model";
import type { WireDefinition } from "../codec/protocol-definition.js";
import type { AnswerStream, StreamOutput } from "./exchange.js";
import { createStreamTap } from "./stream-tap.js";
import type { TapResult } from "./usage-tap.js";

const nothing: StreamOutput = { bytes: null, firstToken: false, terminal: false, terminalStart: 0 };

/**
 * The stream of a client that speaks the upstream's wire: every chunk goes on as it came, and a tap reads usage. Where
 * the wire needs a rewriter, whole lines go on.
 */
export function createPassThroughStream(wire: WireDefinition, request: JsonObject, requestId: string): AnswerStream {
  const tap = createStreamTap(wire);
  const rewriter = wire.createStreamRewriter?.(request) ?? null;
  const output: { -readonly [Name in keyof StreamOutput]: StreamOutput[Name] } = { ...nothing };
  let result: TapResult | null = null;
  const finish = (): TapResult => {
    result ??= withWithheld(tap.finish(), rewriter?.withheld ?? null);
    return result;
  };
  const pass = (bytes: Uint8Array): StreamOutput => {
    // What follows the end (a `[DONE]` after `message_stop`) is passed on unread.
    const signal = result === null ? tap.push(bytes) : nothing;
    output.bytes = bytes.length === 0 ? null : bytes;
    output.firstToken = signal.firstToken;
    output.terminal = signal.terminal;
    output.terminalStart = signal.terminalStart;
    return output;
  };
  return {
    push(chunk) {
      // What the tap knows is what the rewriter let pass before.
      const isKept = rewriter === null || (rewriter.isIdle && tap.isKnown(chunk));
      return pass(isKept ? chunk : rewriter.push(chunk));
    },
    end() {
      const bytes = rewriter === null ? null : pass(rewriter.finish()).bytes;
      const { terminal, errorSeen } = finish();
      return { bytes, firstToken: false, terminal: terminal || errorSeen !== null, terminalStart: 0 };
    },
    closing: (error) => tap.closing(error, requestId),
    replaceEnd: (error: GatewayError) => Buffer.from(wire.encodeStreamError(error, requestId)),
    heartbeat: () => Buffer.from(wire.heartbeat),
    result: finish,
    get midEvent() {
      return tap.midEvent;
    },
  };
}

/** The usage that the stream told, whether the client got to see it or not. */
function withWithheld(seen: TapResult, withheld: ReportedUsage | null): TapResult {
  if (withheld === null) return seen;
  const { tokens, nanoAiu } = seen.usage;
  return { ...seen, usage: { tokens: tokens ?? withheld.tokens, nanoAiu: nanoAiu ?? withheld.nanoAiu } };
}
