import { type Clock, GatewayError, LatestMap } from "@copilot-llm/model";

const maxRemembered = 10_000;
/** More than strangers need to find out that they guess in vain, and less than a database notices. */
const maxMisses = 100;
const missWindowMs = 1_000;

/**
 * Keeps tokens that nobody was given from costing a look into the store each: whoever has no credential can send as many
 * as they like. A token that was looked for in vain is never looked for again, since tokens are random and known to
 * nobody before they are stored; and only so many a second are found to be unknown.
 */
export class SessionLookups {
  readonly #clock: Clock;
  readonly #unknown = new LatestMap<string, true>(maxRemembered);
  /** Those that were found lately: they are looked for whatever strangers do. */
  readonly #known = new LatestMap<string, true>(maxRemembered);
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #misses = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Looks for it unless it is known to be in vain; throws `limit_exceeded` where too much was looked for in vain. */
  async find<Found>(tokenHash: string, lookUp: () => Promise<Found | null>): Promise<Found | null> {
    if (this.#unknown.has(tokenHash)) return null;
    const isKnown = this.#known.has(tokenHash);
    if (!isKnown) this.#countMiss();
    const found = await lookUp();
    if (found === null) {
      this.#unknown.set(tokenHash, true);
      return null;
    }
    this.#known.set(tokenHash, true);
    if (!isKnown) this.#misses -= 1;
    return found;
  }

  /** Before it is known to be one, so that many at once are counted too. */
  #countMiss(): void {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#windowStartMs >= missWindowMs) {
      this.#windowStartMs = nowMs;
      this.#misses = 0;
    }
    if (this.#misses >= maxMisses) {
      throw new GatewayError("limit_exceeded", "Too many sessions that nobody has are tried here. Try again.", {
        retryAfterMs: missWindowMs,
      });
    }
    this.#misses += 1;
  }
}
