import { type Cancel, type Clock, GatewayError } from "@copilot-llm/model";
import type { LeaseRequest, LeaseResult } from "./lease.js";

/** A request that waits for a place. */
export interface Waiter {
  readonly request: LeaseRequest;
  /** Answers it and takes it out of the queue. */
  settle(result: LeaseResult): void;
}

export interface WaitQueueOptions {
  readonly clock: Clock;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** The answer for one that waited too long. */
  readonly refuse: (request: LeaseRequest) => LeaseResult;
}

/** First come, first served, within a bound of places and of time. */
export class WaitQueue {
  readonly #options: WaitQueueOptions;
  readonly #waiters = new Set<Waiter>();
  readonly #emptyListeners = new Set<() => void>();

  constructor(options: WaitQueueOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#waiters.size >= this.#options.maxWaiting;
  }

  get size(): number {
    return this.#waiters.size;
  }

  /** Called whenever the last one has left, in the middle of it: the listener must neither throw nor call back. */
  onEmpty(listener: () => void): Cancel {
    this.#emptyListeners.add(listener);
    return () => this.#emptyListeners.delete(listener);
  }

  /** Those that wait, longest first. Settling one while iterating is allowed. */
  waiters(): Iterable<Waiter> {
    return this.#waiters;
  }

  /** Resolves when the waiter is settled or its time is over. Throws `client_closed` when its signal aborts first. */
  wait(request: LeaseRequest): Promise<LeaseResult> {
    const { clock, maxWaitMs, refuse } = this.#options;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        leave();
        reject(abandoned());
      };
      const waiter: Waiter = {
        request,
        settle: (result) => {
          leave();
          resolve(result);
        },
      };
      const cancelTimeout: Cancel = clock.schedule(maxWaitMs, () => waiter.settle(refuse(request)));
      const leave = (): void => {
        this.#waiters.delete(waiter);
        cancelTimeout();
        request.signal.removeEventListener("abort", onAbort);
        if (this.#waiters.size === 0) for (const listener of this.#emptyListeners) listener();
      };
      this.#waiters.add(waiter);
      request.signal.addEventListener("abort", onAbort, { once: true });
    });
  }
}

/** What a request gets whose client hung up before it had a token. */
export function abandoned(): GatewayError {
  return new GatewayError("client_closed", "The client closed the request while it waited for a token.");
}
