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

const unread: TapResult = {
  usage: { tokens: null, nanoAiu: null },
  estimatedOutputTokens: 0,
  terminal: false,
  errorSeen: null,
};

/**
 * Passes a streamed answer on in the client's protocol and puts it on record. The stream's terminal event and what follows it are
 * held until the record is durable, so that no client sees a finished answer that a crash could still lose. A source
 * that breaks off, or ends without its terminal event, ends with the protocol's own error event. Silence is filled with
 * heartbeats, between events only.
 */
export class RecordedStream implements ByteStream, ByteSink {
  readonly #source: ByteStream;
  readonly #clock: Clock;
  readonly #heartbeatMs: number;
  /** What only a running stream needs; null when it is over. */
  #running: Pick<RecordedStreamOptions, "answer" | "onFirstToken" | "settle"> | null;
  #recorder: BodyRecorder | null;
  #times: ChunkTimes | null = null;
  #sink: ByteSink | null = null;
  /** `holding`: the record is being written and `#held` waits for it. */
  #state: "flowing" | "holding" | "settled" | "aborted" = "flowing";
  readonly #held: Uint8Array[] = [];
  #sourceEnded = false;
  #lastWriteMs = 0;
  #cancelHeartbeat: Cancel | null = null;

  constructor(options: RecordedStreamOptions) {
    this.#source = options.source;
    this.#clock = options.clock;
    this.#heartbeatMs = options.heartbeatMs;
    this.#running = options;
    this.#recorder = options.recordBody ? new BodyRecorder() : null;
  }

  start(sink: ByteSink): void {
    this.#sink = sink;
    this.#lastWriteMs = this.#clock.monotonicMs();
    if (this.#recorder !== null) this.#times = new ChunkTimes(this.#clock);
    this.#scheduleHeartbeat(this.#heartbeatMs);
    this.#source.start(this);
  }

  resume(): void {
    if (this.#state !== "holding") this.#source.resume();
  }

  abort(): void {
    if (this.#state === "aborted") return;
    const before = this.#state;
    this.#state = "aborted";
    this.#cancelHeartbeat?.();
    this.#source.abort();
    if (before === "flowing") void this.#settle("aborted", null).then(() => this.#letGo());
    // What is being put on record lets go by itself.
    else if (before === "settled") this.#letGo();
  }

  write(chunk: Uint8Array): boolean {
    const running = this.#running;
    if (this.#state === "aborted" || running === null) return false;
    // No closure here: this runs for every chunk.
    try {
      const output = running.answer.push(chunk);
      if (output.firstToken) running.onFirstToken();
      return this.#take(output);
    } catch (error) {
      return this.#failFor(error);
    }
  }

  end(): void {
    this.#sourceEnded = true;
    if (this.#state === "settled") this.#finish();
    const running = this.#running;
    if (this.#state !== "flowing" || running === null) return;
    try {
      const output = running.answer.end();
      this.#take(output);
      if (output.terminal) return;
      this.#breakOff(new GatewayError("upstream_error", "The upstream ended its answer before it was complete."));
    } catch (error) {
      this.#failFor(error);
    }
  }

  fail(error: GatewayError): void {
    if (error.code === "client_closed") {
      this.abort();
      return;
    }
    this.#sourceEnded = true;
    if (this.#state === "settled") this.#finish();
    else if (this.#state === "flowing") this.#breakOff(error);
  }

  /** An answer that cannot be mapped breaks off here: it is settled, whatever was thrown. */
  #failFor(error: unknown): false {
    this.#source.abort();
    this.fail(GatewayError.from(error));
    return false;
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
    this.#lastWriteMs = this.#clock.monotonicMs();
    this.#times?.push(bytes.length, this.#lastWriteMs);
    return this.#sink?.write(bytes) ?? false;
  }

  #breakOff(error: GatewayError): void {
    const closing = this.#closing(error);
    if (closing !== null) {
      this.#recorder?.push(closing);
      this.#held.push(closing);
    }
    this.#hold("failed", error);
  }

  /** Null where nothing can be said any more: it may be the mapping itself that broke. */
  #closing(error: GatewayError): Uint8Array | null {
    try {
      return this.#running?.answer.closing(error) ?? null;
    } catch {
      return null;
    }
  }

  /** Always false: the source waits for the record. */
  #hold(outcome: RequestOutcome, error: GatewayError | null): false {
    this.#state = "holding";
    this.#cancelHeartbeat?.();
    void this.#settle(outcome, error).then((failure) => this.#release(outcome === "completed" ? failure : null));
    return false;
  }

  async #settle(outcome: RequestOutcome, error: GatewayError | null): Promise<GatewayError | null> {
    if (this.#running === null) return null;
    const { settle } = this.#running;
    const tapped = this.#tapped(this.#running.answer);
    const { errorSeen } = tapped;
    const failedInside = outcome === "completed" && errorSeen !== null;
    return await settle({
      outcome: failedInside ? "failed" : outcome,
      error: failedInside ? new GatewayError("upstream_error", errorSeen.message, { upstream: errorSeen }) : error,
      tapped,
      response: this.#takeRecorded(),
    });
  }

  /** What broke while it was read is put on record with what is known without it. */
  #tapped(answer: AnswerStream): TapResult {
    try {
      return answer.result();
    } catch {
      return unread;
    }
  }

  #takeRecorded(): Uint8Array | null {
    const recorder = this.#recorder;
    if (recorder === null) return null;
    const { length } = recorder.bytes();
    if (this.#times !== null) recorder.push(this.#times.encode(length, this.#clock.monotonicMs()));
    this.#recorder = null;
    this.#times = null;
    return recorder.bytes();
  }

  #release(failure: GatewayError | null): void {
    if (this.#state !== "holding") {
      this.#letGo();
      return;
    }
    this.#state = "settled";
    if (failure !== null && this.#running !== null) {
      this.#source.abort();
      this.#sourceEnded = true;
      this.#held.splice(0, this.#held.length, this.#running.answer.replaceEnd(failure));
    }
    let flowing = true;
    for (const chunk of this.#held.splice(0)) flowing = this.#sink?.write(chunk) ?? false;
    if (this.#sourceEnded) this.#finish();
    else if (flowing) this.#source.resume();
  }

  #finish(): void {
    this.#sink?.end();
    this.#letGo();
  }

  /**
   * A stream that is over may lie in the engine's old generation until that is collected, and whatever it still referred
   * to would move there too, at every young collection.
   */
  #letGo(): void {
    this.#running = null;
    this.#sink = null;
    this.#cancelHeartbeat = null;
    this.#held.length = 0;
  }

  #scheduleHeartbeat(delayMs: number): void {
    this.#cancelHeartbeat = this.#clock.schedule(delayMs, () => {
      const silentMs = this.#clock.monotonicMs() - this.#lastWriteMs;
      if (silentMs < this.#heartbeatMs) {
        this.#scheduleHeartbeat(this.#heartbeatMs - silentMs);
        return;
      }
      const answer = this.#running?.answer;
      if (this.#state === "flowing" && answer?.midEvent === false) this.#sink?.write(answer.heartbeat());
      this.#lastWriteMs = this.#clock.monotonicMs();
      this.#scheduleHeartbeat(this.#heartbeatMs);
    });
  }
}
