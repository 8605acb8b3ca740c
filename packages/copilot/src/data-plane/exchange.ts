import { type ByteSink, type ByteStream, type CancelSignal, GatewayError } from "@copilot-llm/model";
import type { Dispatcher } from "undici";
import type { HttpOutcome } from "./http-outcome.js";
import { errors } from "./undici-agent.js";

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler["onResponseStart"]>>[2];

/**
 * One request under undici's `dispatch`: settles on the status line, then is the body itself. Chunks go from the parser to
 * the sink with no promise and no stream between; those of one read of the socket go together, which costs far less than
 * one by one where an upstream is fast.
 */
export class Exchange implements Dispatcher.DispatchHandler, ByteStream {
  readonly #resolve: (outcome: HttpOutcome) => void;
  readonly #reject: (error: GatewayError) => void;
  readonly #signal: CancelSignal;
  #controller: Dispatcher.DispatchController | null = null;
  #sink: ByteSink | null = null;
  /**
   * Chunks of the current turn of the event loop, or what came after the sink was full. Mostly there is one, for which no
   * list is made.
   */
  #arrived: Uint8Array | null = null;
  readonly #more: Uint8Array[] = [];
  #hasStarted = false;
  #isSinkFull = false;
  #answered = false;
  #finished = false;
  /** A failure that came before the sink did. */
  #earlyError: GatewayError | null = null;

  constructor(resolve: (outcome: HttpOutcome) => void, reject: (error: GatewayError) => void, signal: CancelSignal) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = signal;
    signal.addEventListener("abort", this.#onSignal, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#finished) controller.abort(new errors.RequestAbortedError());
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200 || this.#finished) return;
    this.#answered = true;
    controller.pause();
    this.#resolve({ answered: true, status, headers: joinValues(headers), body: this });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#finished) return;
    if (this.#arrived !== null) {
      this.#more.push(chunk);
      return;
    }
    this.#arrived = chunk;
    if (!this.#isSinkFull) process.nextTick(this.#deliverInTurn);
  }

  onResponseEnd(): void {
    if (!this.#finish()) return;
    this.#deliver();
    this.#letGo()?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.#finish()) return;
    if (this.#answered) this.#fail(mapBodyError(error));
    else if (error instanceof errors.InvalidArgumentError) this.#reject(GatewayError.from(error));
    else this.#resolve({ answered: false, reason: mapReason(error), cause: error });
  }

  start(sink: ByteSink): void {
    if (this.#hasStarted) throw new Error("This body has a consumer already.");
    this.#hasStarted = true;
    this.#sink = sink;
    if (this.#earlyError !== null) sink.fail(this.#earlyError);
    else this.#controller?.resume();
  }

  resume(): void {
    this.#isSinkFull = false;
    this.#deliverInTurn();
    if (!this.#isSinkFull) this.#controller?.resume();
  }

  abort(): void {
    if (!this.#finish()) return;
    this.#disconnect();
    this.#letGo();
  }

  readonly #deliverInTurn = (): void => {
    if (this.#finished || this.#isSinkFull) return;
    this.#isSinkFull = !this.#deliver();
    if (this.#isSinkFull) this.#controller?.pause();
  };

  /** Hands over what has arrived; false when the sink is full. */
  #deliver(): boolean {
    const first = this.#arrived;
    if (first === null || this.#sink === null) return true;
    this.#arrived = null;
    const more = this.#more;
    return this.#sink.write(more.length === 0 ? first : Buffer.concat([first, ...more.splice(0)]));
  }

  readonly #onSignal = (): void => {
    if (!this.#finish()) return;
    const error = new GatewayError("client_closed", "The client closed the request.");
    if (this.#answered) this.#fail(error);
    else this.#reject(error);
    this.#disconnect();
  };

  /** False when the exchange had ended before. */
  #finish(): boolean {
    if (this.#finished) return false;
    this.#finished = true;
    this.#signal.removeEventListener("abort", this.#onSignal);
    return true;
  }

  #fail(error: GatewayError): void {
    this.#deliver();
    const sink = this.#letGo();
    if (sink === null) this.#earlyError = error;
    else sink.fail(error);
  }

  /**
   * The sink, for its end. What is over may lie in the engine's old generation until that is collected, and would move there
   * all that it still refers to.
   */
  #letGo(): ByteSink | null {
    const sink = this.#sink;
    this.#sink = null;
    this.#arrived = null;
    this.#more.length = 0;
    return sink;
  }

  #disconnect(): void {
    this.#controller?.abort(new errors.RequestAbortedError());
  }
}

function joinValues(headers: Headers): Readonly<Record<string, string>> {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) joined[name] = typeof value === "string" ? value : value.join(", ");
  }
  return joined;
}

function mapBodyError(cause: Error): GatewayError {
  return cause instanceof errors.BodyTimeoutError
    ? new GatewayError("upstream_timeout", "GitHub Copilot fell silent in the middle of its answer.", { cause })
    : new GatewayError("upstream_error", "GitHub Copilot broke off in the middle of its answer.", { cause });
}

function mapReason(error: Error): "unreachable" | "timeout" {
  return error instanceof errors.HeadersTimeoutError ? "timeout" : "unreachable";
}
