import { type Clock, GatewayError, LatestMap } from "@copilot-llm/model";
import { addressGroup, isLoopback } from "./address-group.js";

const windowMs = 15 * 60_000;
/** For a name from one address: what a person who forgot a password needs. */
const maxTriesFromAddress = 10;
/** From one address, whatever the names: a few people behind it who forgot theirs. */
const maxTriesOfAddress = 50;
/** For a name from everywhere together: many addresses cannot guess without end. */
const maxTriesInAll = 100;
/** From one address at the same time. */
const maxUnderWay = 10;
const underWayRetryMs = 1_000;
const maxCounts = 10_000;

interface Count {
  tries: number;
  readonly sinceMs: number;
}

interface Limit {
  readonly key: string;
  readonly max: number;
}

/** Where a try comes from. */
export interface LoginSource {
  readonly address: string | null;
  /** A device on which this user has signed in before, or null. */
  readonly deviceId: string | null;
}

/** A try that was let in. */
export interface LoginTry {
  /** It was right: it counts for nobody, and its name starts afresh where it came from. */
  succeed(): void;
  /** To be called once, right or wrong. */
  end(): void;
}

/**
 * Slows down guessing: counts tries to sign in over 15 minutes from the first, by name, by address and by both, and
 * bounds how many one address has under way. A device on which the user has signed in before is counted by itself
 * alone, and this machine's own addresses not with all others: whoever guesses elsewhere cannot keep the user out there.
 */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #counts = new LatestMap<string, Count>(maxCounts);
  /** By address; only those with a try under way. */
  readonly #underWay = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a try before it is made, so that parallel ones cannot slip by. Throws `limit_exceeded`, counting nothing,
   * when there were too many.
   */
  admit(name: string, source: LoginSource): LoginTry {
    const group = addressGroup(source.address);
    const limits = limitsOf(name, group, source);
    const counts = limits.map(({ key, max }) => ({ key, max, count: this.#current(key) }));
    const untilMs = Math.max(
      ...counts.map(({ max, count }) => (count !== undefined && count.tries >= max ? count.sinceMs + windowMs : 0)),
    );
    if (untilMs > 0) {
      throw new GatewayError("limit_exceeded", "Too many failed sign-ins. Try again later.", {
        retryAfterMs: untilMs - this.#clock.nowMs(),
      });
    }
    const underWay = this.#underWay.get(group) ?? 0;
    if (underWay >= maxUnderWay) {
      throw new GatewayError("limit_exceeded", "Too many sign-ins at once. Try again.", {
        retryAfterMs: underWayRetryMs,
      });
    }
    this.#underWay.set(group, underWay + 1);
    for (const { key, count } of counts) {
      if (count === undefined) this.#counts.set(key, { tries: 1, sinceMs: this.#clock.nowMs() });
      else count.tries += 1;
    }
    return { succeed: () => this.#forgive(limits), end: () => this.#end(group) };
  }

  #forgive([own, ...shared]: readonly Limit[]): void {
    if (own !== undefined) this.#counts.delete(own.key);
    for (const { key } of shared) {
      const count = this.#current(key);
      if (count !== undefined) count.tries -= 1;
    }
  }

  #end(group: string): void {
    const underWay = (this.#underWay.get(group) ?? 0) - 1;
    if (underWay > 0) this.#underWay.set(group, underWay);
    else this.#underWay.delete(group);
  }

  #current(key: string): Count | undefined {
    const count = this.#counts.get(key);
    if (count !== undefined && count.sinceMs + windowMs > this.#clock.nowMs()) return count;
    this.#counts.delete(key);
    return undefined;
  }
}

/** What a try counts against: first what is its own, then what it shares with others. */
function limitsOf(name: string, group: string, { address, deviceId }: LoginSource): readonly Limit[] {
  if (deviceId !== null) return [{ key: JSON.stringify(["device", name, deviceId]), max: maxTriesFromAddress }];
  const own = { key: JSON.stringify(["name and address", name, group]), max: maxTriesFromAddress };
  const ofAddress = { key: JSON.stringify(["address", group]), max: maxTriesOfAddress };
  if (isLoopback(address)) return [own, ofAddress];
  return [own, ofAddress, { key: JSON.stringify(["name", name]), max: maxTriesInAll }];
}
