import { type Clock, GatewayError, LatestMap } from "@copilot-llm/model";

const windowMs = 15 * 60_000;
/** From one address: what a person who forgot a password needs. */
const maxTriesFromAddress = 10;
/** From everywhere together: one address cannot lock a name for all others, many cannot guess without end. */
const maxTriesInAll = 100;
const maxCounts = 10_000;

interface Count {
  tries: number;
  readonly sinceMs: number;
}

/** Slows down guessing: counts tries to sign in by name and by name and address, over 15 minutes from the first. */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #counts = new LatestMap<string, Count>(maxCounts);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a try before it is made, so that parallel ones cannot slip by. Throws `limit_exceeded`, counting nothing,
   * when there were too many.
   */
  admit(name: string, address: string | null): void {
    const counts = keysOf(name, address).map(([key, max]) => ({ key, max, count: this.#current(key) }));
    const untilMs = Math.max(
      ...counts.map(({ max, count }) => (count !== undefined && count.tries >= max ? count.sinceMs + windowMs : 0)),
    );
    if (untilMs > 0) {
      throw new GatewayError("limit_exceeded", "Too many failed sign-ins. Try again later.", {
        retryAfterMs: untilMs - this.#clock.nowMs(),
      });
    }
    for (const { key, count } of counts) {
      if (count === undefined) this.#counts.set(key, { tries: 1, sinceMs: this.#clock.nowMs() });
      else count.tries += 1;
    }
  }

  /** A try was right: the name starts afresh for this address, and the try counts for nobody. */
  forgive(name: string, address: string | null): void {
    const [[everywhere], [here]] = keysOf(name, address);
    this.#counts.delete(here);
    const count = this.#current(everywhere);
    if (count !== undefined) count.tries -= 1;
  }

  #current(key: string): Count | undefined {
    const count = this.#counts.get(key);
    if (count !== undefined && count.sinceMs + windowMs > this.#clock.nowMs()) return count;
    this.#counts.delete(key);
    return undefined;
  }
}

function keysOf(name: string, address: string | null) {
  return [
    [JSON.stringify([name]), maxTriesInAll],
    [JSON.stringify([name, address]), maxTriesFromAddress],
  ] as const;
}
