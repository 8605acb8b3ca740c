import { type ByteSink, type ByteStream, type Cancel, type Clock, GatewayError } from "@copilot-llm/model";
import { type StreamFrame, streamFrameOf } from "@copilot-llm/protocols";
import { addStreamHeaders } from "./add-stream-headers.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeAnswer } from "./serve-call.js";

export interface AwaitedOptions {
  readonly clock: Clock;
  readonly heartbeatMs: number;
  /** Told when the awaited answer turns out to be no stream, which would tell its end itself. */
  readonly end: (trace: RequestTrace) => void;
}

/**
 * The answer, or, where that is silent for the time of a heartbeat, the beginning of a stream that is kept open until it
 * comes: whoever stands between would cut a connection without a byte. A refusal that comes later ends that stream in the
 * protocol's own error. `pending` never rejects; `headers` are asked for when the stream begins.
 */
export function orAwaited(
  pending: Promise<ServeAnswer>,
  trace: RequestTrace,
  headers: () => Record<string, string>,
  options: AwaitedOptions,
): Promise<ServeAnswer> {
  return new Promise((resolve) => {
    const cancel = options.clock.schedule(options.heartbeatMs, () => {
      const frame = streamFrameOf(trace.call.protocol);
      if (frame === null) return;
      const body = new AwaitedStream(pending, trace, frame, options);
      resolve({
        status: 200,
        headers: addStreamHeaders(headers()),
        body,
        get error() {
          return body.error;
        },
        trace,
      });
    });
    void pending.then((answer) => {
      cancel();
      resolve(answer);
    });
  });
}

class AwaitedStream implements ByteStream {
  readonly #frame: StreamFrame;
  readonly #requestId: string;
  readonly #options: AwaitedOptions;
  #sink: ByteSink | null = null;
  #answer: ServeAnswer | null = null;
  #isAborted = false;
  #cancelHeartbeat: Cancel | null = null;

  constructor(pending: Promise<ServeAnswer>, trace: RequestTrace, frame: StreamFrame, options: AwaitedOptions) {
    this.#frame = frame;
    this.#requestId = trace.call.requestId;
    this.#options = options;
    void pending.then((answer) => {
      this.#answer = answer;
      if (answer.body instanceof Uint8Array) options.end(trace);
      this.#goOn();
    });
  }

  get error(): GatewayError | null {
    return this.#answer?.error ?? null;
  }

  start(sink: ByteSink): void {
    this.#sink = sink;
    if (this.#answer === null) this.#beat();
    else this.#goOn();
  }

  resume(): void {
    const body = this.#answer?.body;
    if (body !== undefined && !(body instanceof Uint8Array)) body.resume();
  }

  abort(): void {
    this.#isAborted = true;
    this.#cancelHeartbeat?.();
    const body = this.#answer?.body;
    if (body !== undefined && !(body instanceof Uint8Array)) body.abort();
  }

  #beat(): void {
    this.#sink?.write(this.#frame.heartbeat);
    this.#cancelHeartbeat = this.#options.clock.schedule(this.#options.heartbeatMs, () => this.#beat());
  }

  #goOn(): void {
    const sink = this.#sink;
    const answer = this.#answer;
    if (answer === null || (sink === null && !this.#isAborted)) return;
    this.#cancelHeartbeat?.();
    const { body, error } = answer;
    if (this.#isAborted || sink === null) {
      if (!(body instanceof Uint8Array)) body.abort();
      return;
    }
    if (!(body instanceof Uint8Array)) {
      body.start(sink);
      return;
    }
    const failure = error ?? new GatewayError("internal", "A whole answer came where a stream was awaited.");
    sink.write(this.#frame.encodeError(failure, this.#requestId));
    sink.end();
  }
}
