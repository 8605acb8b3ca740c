import {
  type ByteSink,
  type ByteStream,
  type Cancel,
  type Clock,
  GatewayError,
  type RequestOutcome,
} from "@copilot-llm/model";
import type { AnswerStream, StreamOutput, TapResult } from "@copilot-llm/protocols";
import { BodyRecorder } from "./body-recorder.js";
import { ChunkTimes } from "./chunk-times.js";

/** How a stream ended. `error` is what the client was told in the stream; null for a clean end and for a hang-up. */
export interface StreamEnd {
  readonly outcome: RequestOutcome;
  readonly error: GatewayError | null;
  readonly tapped: TapResult;
  /** With the times of its chunks behind it; null when bodies are not recorded. */
  readonly response: Uint8Array | null;
}

export interface RecordedStreamOptions {
  readonly source: ByteStream;
  /** The way into the client's protocol. */
  readonly answer: AnswerStream;
  readonly recordBody: boolean;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  readonly onFirstToken: () => void;
  /** Puts the request on record; called exactly once. Resolves with the error that is to take the end's place, or null. */
  readonly settle: (end: StreamEnd) => Promise<GatewayError | null>;
}

/**
 * Passes a streamed answer on in the client's protocol and puts it on record. The stream's terminal event and what follows it are
 * held until the record is durable, so that no client sees a finished answer that a crash could still lose. A source
 * that breaks off, or ends without its terminal event, ends with the protocol's own error event. Silence is filled with
 * heartbeats, between events only.
 */
export class RecordedStream implements ByteStream, ByteSink {
  readonly #options: RecordedStreamOptions;
  readonly #answer: AnswerStream;
  readonly #recorder: BodyRecorder | null;
  #times: ChunkTimes | null = null;
  #sink: ByteSink | null = null;
  /** `holding`: the record is being written and `#held` waits for it. */
  #state: "flowing" | "holding" | "settled" | "aborted" = "flowing";
  readonly #held: Uint8Array[] = [];
  #sourceEnded = false;
  #lastWriteMs = 0;
  #cancelHeartbeat: Cancel | null = null;

  constructor(options: RecordedStreamOptions) {
    this.#options = options;
    this.#answer = options.answer;
    this.#recorder = options.recordBody ? new BodyRecorder() : null;
  }

  start(sink: ByteSink): void {
    this.#sink = sink;
    this.#lastWriteMs = this.#options.clock.monotonicMs();
    if (this.#recorder !== null) this.#times = new ChunkTimes(this.#options.clock);
    this.#scheduleHeartbeat(this.#options.heartbeatMs);
    this.#options.source.start(this);
  }

  resume(): void {
    if (this.#state !== "holding") this.#options.source.resume();
  }

  abort(): void {
    if (this.#state === "aborted") return;
    const wasFlowing = this.#state === "flowing";
    this.#state = "aborted";
    this.#cancelHeartbeat?.();
    this.#options.source.abort();
    if (wasFlowing) void this.#settle("aborted", null);
  }

  write(chunk: Uint8Array): boolean {
    if (this.#state === "aborted") return false;
    try {
      const output = this.#answer.push(chunk);
      if (output.firstToken) this.#options.onFirstToken();
      return this.#take(output);
    } catch (error) {
      this.#options.source.abort();
      this.fail(GatewayError.from(error));
      return false;
    }
  }

  end(): void {
    this.#sourceEnded = true;
    if (this.#state === "settled") this.#sink?.end();
    if (this.#state !== "flowing") return;
    const output = this.#answer.end();
    this.#take(output);
    if (!output.terminal) {
      this.#breakOff(new GatewayError("upstream_error", "The upstream ended its answer before it was complete."));
    }
  }

  fail(error: GatewayError): void {
    if (error.code === "client_closed") {
      this.abort();
      return;
    }
    this.#sourceEnded = true;
    if (this.#state === "settled") this.#sink?.end();
    else if (this.#state === "flowing") this.#breakOff(error);
  }

  /** False when the source has to wait. */
  #take({ bytes, terminal, terminalStart }: StreamOutput): boolean {
    if (bytes !== null) this.#recorder?.push(bytes);
    if (this.#state === "holding") {
      if (bytes !== null) this.#held.push(bytes);
      return false;
    }
    if (!terminal || this.#state !== "flowing") return bytes === null || this.#send(bytes);
    if (bytes !== null) {
      if (terminalStart > 0) this.#send(bytes.subarray(0, terminalStart));
      this.#held.push(bytes.subarray(terminalStart));
    }
    return this.#hold("completed", null);
  }

  #send(bytes: Uint8Array): boolean {
    this.#lastWriteMs = this.#options.clock.monotonicMs();
    this.#times?.push(bytes.length, this.#lastWriteMs);
    return this.#sink?.write(bytes) ?? false;
  }

  #breakOff(error: GatewayError): void {
    const closing = this.#answer.closing(error);
    if (closing !== null) {
      this.#recorder?.push(closing);
      this.#held.push(closing);
    }
    this.#hold("failed", error);
  }

  /** Always false: the source waits for the record. */
  #hold(outcome: RequestOutcome, error: GatewayError | null): false {
    this.#state = "holding";
    this.#cancelHeartbeat?.();
    void this.#settle(outcome, error).then((failure) => this.#release(outcome === "completed" ? failure : null));
    return false;
  }

  async #settle(outcome: RequestOutcome, error: GatewayError | null): Promise<GatewayError | null> {
    const tapped = this.#answer.result();
    const { errorSeen } = tapped;
    const failedInside = outcome === "completed" && errorSeen !== null;
    return await this.#options.settle({
      outcome: failedInside ? "failed" : outcome,
      error: failedInside ? new GatewayError("upstream_error", errorSeen.message, { upstream: errorSeen }) : error,
      tapped,
      response: this.#recorded(),
    });
  }

  #recorded(): Uint8Array | null {
    if (this.#recorder === null) return null;
    const { length } = this.#recorder.bytes();
    if (this.#times !== null) this.#recorder.push(this.#times.encode(length, this.#options.clock.monotonicMs()));
    return this.#recorder.bytes();
  }

  #release(failure: GatewayError | null): void {
    if (this.#state !== "holding") return;
    this.#state = "settled";
    if (failure !== null) {
      this.#options.source.abort();
      this.#sourceEnded = true;
      this.#held.splice(0, this.#held.length, this.#answer.replaceEnd(failure));
    }
    let flowing = true;
    for (const chunk of this.#held.splice(0)) flowing = this.#sink?.write(chunk) ?? false;
    if (this.#sourceEnded) this.#sink?.end();
    else if (flowing) this.#options.source.resume();
  }

  #scheduleHeartbeat(delayMs: number): void {
    this.#cancelHeartbeat = this.#options.clock.schedule(delayMs, () => {
      const { clock, heartbeatMs } = this.#options;
      const silentMs = clock.monotonicMs() - this.#lastWriteMs;
      if (silentMs < heartbeatMs) {
        this.#scheduleHeartbeat(heartbeatMs - silentMs);
        return;
      }
      if (this.#state === "flowing" && !this.#answer.midEvent) this.#sink?.write(this.#answer.heartbeat());
      this.#lastWriteMs = clock.monotonicMs();
      this.#scheduleHeartbeat(heartbeatMs);
    });
  }
}
