import { type ClaimUsage, type Clock, GatewayError, type RecordingMode, type Settings } from "@copilot-llm/model";
import { rateLimitHeaders } from "@copilot-llm/quota";
import { keyOf } from "../identity/principal.js";
import type { AdmitRequest, Admitted } from "./admit-request.js";
import type { AnswerRequest } from "./answer-request.js";
import { orAwaited } from "./awaited-stream.js";
import type { CountTokens } from "./count-tokens.js";
import type { EndRequest } from "./end-request.js";
import { recordingModeFor } from "./recording-mode.js";
import type { RefuseRequest } from "./refuse-request.js";
import { RequestTrace } from "./request-trace.js";
import type { RequestWatch } from "./request-watch.js";
import type { ReserveLimits } from "./reserve-limits.js";
import type { SendRequest } from "./send-request.js";
import type { ServeAnswer, ServeCall } from "./serve-call.js";

/** The steps of serving a request, in their order. */
export interface ServeSteps {
  readonly admit: AdmitRequest;
  readonly reserve: ReserveLimits;
  readonly send: SendRequest;
  readonly answer: AnswerRequest;
  readonly countTokens: CountTokens;
  readonly refuse: RefuseRequest;
  readonly end: EndRequest;
}

export interface ServeRequestOptions {
  readonly clock: Clock;
  /** The settings as they stand. */
  readonly settings: () => Settings;
  /** What `Settings.recording` falls back to. */
  readonly recording: RecordingMode;
  /** After so long without a byte a stream is begun, and kept open. */
  readonly heartbeatMs: number;
  /** Asked once for each request: who follows it. */
  readonly watchRequest?: (call: ServeCall) => RequestWatch | null;
}

/**
 * Serves one data request: admit -> reserve -> send -> answer, each step with what the one before it returned. Always
 * answers, in the client's protocol, and every answer is on record before its end reaches the client.
 */
export type ServeRequest = (call: ServeCall) => Promise<ServeAnswer>;

export function createServeRequest(steps: ServeSteps, options: ServeRequestOptions): ServeRequest {
  const { clock, settings, recording, heartbeatMs, watchRequest = () => null } = options;

  const send = async (admitted: Admitted, trace: RequestTrace, limits: () => Record<string, string>) => {
    const sent = await steps.send.onFirstServing(admitted, trace);
    const headers = limits();
    if (sent.model.id !== admitted.model.id) headers["x-model-served"] = sent.model.id;
    return { sent, headers };
  };

  const serve = async (call: ServeCall, trace: RequestTrace): Promise<ServeAnswer> => {
    let usage: readonly ClaimUsage[] = [];
    const limits = (): Record<string, string> => rateLimitHeaders(usage, call.protocol, clock.nowMs());
    const refuse = (error: unknown) => steps.refuse(trace, GatewayError.from(error), limits());
    try {
      const admitted = await steps.admit(call, trace);
      const reserved = await steps.reserve(admitted, trace.startedAtMs);
      usage = reserved.usage;
      if (reserved.refusal !== null) throw reserved.refusal;
      if (call.operation === "count_tokens") {
        return await steps.countTokens(admitted, trace, async () =>
          steps.answer.whole(await steps.send.onItsModel(admitted, trace), trace, {}),
        );
      }
      if (!admitted.peek.stream || call.operation !== "generate") {
        const { sent, headers } = await send(admitted, trace, limits);
        return await steps.answer.whole(sent, trace, headers);
      }
      const streaming = send(admitted, trace, limits).then(
        ({ sent, headers }) => steps.answer.stream(sent, trace, headers),
        refuse,
      );
      return await orAwaited(streaming, trace, limits, { clock, heartbeatMs, end: steps.end });
    } catch (error) {
      return await refuse(error);
    }
  };

  return async (call) => {
    const mode = recordingModeFor(settings().recording ?? recording, keyOf(call.principal));
    const trace = new RequestTrace(call, mode, clock, watchRequest(call));
    const answer = await serve(call, trace);
    // A stream tells its end itself.
    if (answer.body instanceof Uint8Array) steps.end(trace);
    return answer;
  };
}
