import type { Protocol } from "@copilot-llm/model";
import { type ByteSink, type ByteStream, type Cancel, type Clock, GatewayError } from "@copilot-llm/model";
import { heartbeat, type TapResult, type UsageTap } from "@copilot-llm/protocols";
import { BodyRecorder } from "./body-recorder.js";

/** How a stream ended. `error` is what the client was told in the stream; null for a clean end and for a hang-up. */
export interface StreamEnd {
  readonly outcome: "completed" | "failed" | "aborted";
  readonly error: GatewayError | null;
  readonly tapped: TapResult;
  /** Null when bodies are not recorded. */
  readonly response: Uint8Array | null;
}

export interface RecordedStreamOptions {
  readonly source: ByteStream;
  readonly protocol: Protocol;
  readonly tap: UsageTap;
  readonly requestId: string;
  readonly recordBody: boolean;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  readonly onFirstToken: () => void;
  /** Puts the request on record; called exactly once. Must not reject. */
  readonly settle: (end: StreamEnd) => Promise<void>;
}

/**
 * Passes a streamed answer on byte by byte and puts it on record. The chunk with the stream's terminal event is held
 * until the record is durable, so that no client sees a finished answer that a crash could still lose. A source that
 * breaks off, or ends without its terminal event, ends with the protocol's own error event. Silence is filled with
 * heartbeats, between events only.
 */
export class RecordedStream implements ByteStream, ByteSink {
  readonly #options: RecordedStreamOptions;
  readonly #recorder: BodyRecorder | null;
  #sink: ByteSink | null = null;
  /** `holding`: the record is being written and `#held` waits for it. */
  #state: "flowing" | "holding" | "settled" | "aborted" = "flowing";
  #held: Uint8Array[] = [];
  #sourceEnded = false;
  #lastWriteMs = 0;
  #tapped: TapResult | null = null;
  #cancelHeartbeat: Cancel | null = null;

  constructor(options: RecordedStreamOptions) {
    this.#options = options;
    this.#recorder = options.recordBody ? new BodyRecorder() : null;
  }

  start(sink: ByteSink): void {
    this.#sink = sink;
    this.#lastWriteMs = this.#options.clock.monotonicMs();
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
    if (this.#state === "holding") {
      this.#held.push(chunk);
      return false;
    }
    const signal = this.#options.tap.push(chunk);
    if (signal.firstToken) this.#options.onFirstToken();
    this.#recorder?.push(chunk);
    if (signal.terminal && this.#state === "flowing") {
      this.#hold([chunk], "completed", null);
      return false;
    }
    this.#lastWriteMs = this.#options.clock.monotonicMs();
    return this.#sink?.write(chunk) ?? false;
  }

  end(): void {
    this.#sourceEnded = true;
    if (this.#state === "settled") this.#sink?.end();
    else if (this.#state === "flowing") {
      const { terminal, errorSeen } = this.#finishTap();
      if (terminal || errorSeen !== null) this.#hold([], "completed", null);
      else this.#breakOff(new GatewayError("upstream_error", "The upstream ended its answer before it was complete."));
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

  #breakOff(error: GatewayError): void {
    const closing = this.#options.tap.closing(error, this.#options.requestId);
    this.#recorder?.push(closing);
    this.#hold([closing], "failed", error);
  }

  #hold(chunks: Uint8Array[], outcome: StreamEnd["outcome"], error: GatewayError | null): void {
    this.#state = "holding";
    this.#held = chunks;
    this.#cancelHeartbeat?.();
    void this.#settle(outcome, error).then(() => this.#release());
  }

  async #settle(outcome: StreamEnd["outcome"], error: GatewayError | null): Promise<void> {
    const tapped = this.#finishTap();
    const failedInside = outcome === "completed" && tapped.errorSeen !== null;
    await this.#options.settle({
      outcome: failedInside ? "failed" : outcome,
      error: failedInside
        ? new GatewayError("upstream_error", tapped.errorSeen.message, { upstream: tapped.errorSeen })
        : error,
      tapped,
      response: this.#recorder?.bytes() ?? null,
    });
  }

  #finishTap(): TapResult {
    this.#tapped ??= this.#options.tap.finish();
    return this.#tapped;
  }

  #release(): void {
    if (this.#state !== "holding") return;
    this.#state = "settled";
    let flowing = true;
    for (const chunk of this.#held) flowing = this.#sink?.write(chunk) ?? false;
    this.#held = [];
    if (this.#sourceEnded) this.#sink?.end();
    else if (flowing) this.#options.source.resume();
  }

  #scheduleHeartbeat(delayMs: number): void {
    this.#cancelHeartbeat = this.#options.clock.schedule(delayMs, () => {
      const { clock, heartbeatMs, protocol } = this.#options;
      const silentMs = clock.monotonicMs() - this.#lastWriteMs;
      if (silentMs < heartbeatMs) {
        this.#scheduleHeartbeat(heartbeatMs - silentMs);
        return;
      }
      if (this.#state === "flowing" && !this.#options.tap.midEvent) this.#sink?.write(heartbeat(protocol));
      this.#lastWriteMs = clock.monotonicMs();
      this.#scheduleHeartbeat(heartbeatMs);
    });
  }
}
