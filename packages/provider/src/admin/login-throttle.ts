import { type Clock, GatewayError } from "@copilot-llm/model";

const maxFailures = 10;
const windowMs = 15 * 60_000;
const maxNames = 10_000;

/** Slows down guessing: after ten failures for one name, sign-ins for it are refused until 15 minutes after the first. */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; readonly sinceMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws `limit_exceeded` while the name is locked. */
  assertOpen(name: string): void {
    const entry = this.#current(name);
    if (entry === undefined || entry.count < maxFailures) return;
    throw new GatewayError("limit_exceeded", "Too many failed sign-ins. Try again later.", {
      retryAfterMs: entry.sinceMs + windowMs - this.#clock.nowMs(),
    });
  }

  noteFailure(name: string): void {
    const entry = this.#current(name);
    if (entry !== undefined) entry.count += 1;
    else {
      if (this.#failures.size >= maxNames) this.#failures.clear();
      this.#failures.set(name, { count: 1, sinceMs: this.#clock.nowMs() });
    }
  }

  noteSuccess(name: string): void {
    this.#failures.delete(name);
  }

  #current(name: string): { count: number; readonly sinceMs: number } | undefined {
    const entry = this.#failures.get(name);
    if (entry !== undefined && entry.sinceMs + windowMs > this.#clock.nowMs()) return entry;
    this.#failures.delete(name);
    return undefined;
  }
}
