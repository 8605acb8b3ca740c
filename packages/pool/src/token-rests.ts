import type { QuotaSnapshot, Randomness, UpstreamFailure, UpstreamFailureKind } from "@copilot-llm/model";
import {
  longestRestMs,
  rateLimitBackoff,
  shortestRestMs,
  strikeBackoff,
  strikesToRest,
  weeklyBackoff,
} from "./failover-table.js";
import { jitteredBackoffMs } from "./jittered-backoff-ms.js";

/** Until when something rests, and why. */
export interface Rest {
  readonly untilMs: number;
  readonly reason: string;
}

interface ModelRest extends Rest {
  /** The model rests since GitHub refused it for want of quota, not for its pace. */
  readonly isForQuota: boolean;
}

/** Failures in a row. Requests that were under way together count as one: `sinceGrant` is the newest of them. */
interface Streak {
  count: number;
  sinceGrant: number;
}

/** When and by which lease something happened. */
export interface Moment {
  readonly nowMs: number;
  /** The number of the lease that reports. */
  readonly grant: number;
  /** The number of the newest lease. */
  readonly newestGrant: number;
  /** What the answer's headers said of the premium bucket. */
  readonly premium: QuotaSnapshot | null;
}

/** Until when one token rests, and single models on it: what GitHub asked for, and what strikes advise. */
export class TokenRests {
  readonly #randomness: Randomness;
  readonly #modelRests = new Map<string, ModelRest>();
  readonly #streaks = new Map<string, Streak>();
  /** What GitHub asked for. */
  #rest: Rest | null = null;
  #restCause: UpstreamFailureKind | null = null;
  /** A rest for strikes: the token serves all the same where no other can. */
  #advice: Rest | null = null;
  #adviceCause: UpstreamFailureKind | null = null;
  /** Strikes that the newest success forgave, and its lease: an answer may turn out to be none. */
  #forgiven: { readonly grant: number; readonly streak: Streak } | null = null;

  constructor(randomness: Randomness) {
    this.#randomness = randomness;
  }

  /** The one that ends last of those that still last. */
  longest(nowMs: number): Rest | null {
    return longer(current(this.#rest, nowMs), current(this.#advice, nowMs));
  }

  /** The failure that it comes from; null where it was adopted. */
  causeOfLongest(nowMs: number): UpstreamFailureKind | null {
    return this.longest(nowMs) === this.#advice ? this.#adviceCause : this.#restCause;
  }

  /** When the first of all rests ends, those of models included; infinity when nothing rests. */
  nextEndMs(nowMs: number): number {
    let next = current(this.#rest, nowMs)?.untilMs ?? Number.POSITIVE_INFINITY;
    next = Math.min(next, current(this.#advice, nowMs)?.untilMs ?? Number.POSITIVE_INFINITY);
    for (const rest of this.ofModels(nowMs).values()) next = Math.min(next, rest.untilMs);
    return next;
  }

  /** GitHub asked for a rest that still lasts. */
  isAsked(nowMs: number): boolean {
    return current(this.#rest, nowMs) !== null;
  }

  /** Until when the token rests for strikes; null when it does not. */
  adviceUntilMs(nowMs: number): number | null {
    return current(this.#advice, nowMs)?.untilMs ?? null;
  }

  /** Until when the token, or the model on it, rests because GitHub asked for it; null when neither does. */
  untilMs(modelId: string, nowMs: number): number | null {
    const own = this.#rest?.untilMs ?? 0;
    const untilMs = this.#modelRests.size === 0 ? own : Math.max(own, this.#modelRests.get(modelId)?.untilMs ?? 0);
    return untilMs > nowMs ? untilMs : null;
  }

  /** The model on it was refused for want of quota, and is not to be tried yet. */
  isOutOfQuota(modelId: string, nowMs: number): boolean {
    const rest = this.#modelRests.get(modelId);
    return rest?.isForQuota === true && rest.untilMs > nowMs;
  }

  /** The models that rest alone, expired ones forgotten. */
  ofModels(nowMs: number): ReadonlyMap<string, Rest> {
    for (const [modelId, rest] of this.#modelRests) {
      if (rest.untilMs <= nowMs) this.#modelRests.delete(modelId);
    }
    return this.#modelRests;
  }

  /** Every rest ends so much later. */
  move(byMs: number): void {
    const moved = <Each extends Rest>(rest: Each): Each => ({ ...rest, untilMs: rest.untilMs + byMs });
    this.#rest = this.#rest === null ? null : moved(this.#rest);
    this.#advice = this.#advice === null ? null : moved(this.#advice);
    for (const [modelId, rest] of this.#modelRests) this.#modelRests.set(modelId, moved(rest));
  }

  /** Because GitHub asked for it. Never shortens a rest. */
  rest({ untilMs, reason }: Rest, cause: UpstreamFailureKind | null): void {
    const rest = later(this.#rest, untilMs, reason);
    if (rest === this.#rest) return;
    this.#rest = rest;
    this.#restCause = cause;
  }

  /** Never shortens a rest. */
  restModel(modelId: string, { untilMs, reason }: Rest): void {
    const known = this.#modelRests.get(modelId);
    if (known !== undefined && known.untilMs > untilMs) return;
    this.#modelRests.set(modelId, { untilMs, reason, isForQuota: false });
  }

  /** For want of quota, whatever rest the model had. */
  restModelForQuota(modelId: string, { untilMs, reason }: Rest): void {
    this.#modelRests.set(modelId, { untilMs, reason, isForQuota: true });
  }

  /** Strikes so far, and a rest for them, are forgotten. */
  forgetStrikes(): void {
    this.#streaks.delete("strike");
    this.#advice = null;
  }

  /** Ends the streaks of failures that the request came after, and a rest for strikes. */
  noteSuccess(modelId: string, grant: number): void {
    if (this.#streaks.size === 0) return;
    for (const name of ["strike", "token", `model:${modelId}`]) {
      const streak = this.#streaks.get(name);
      if (streak === undefined || grant <= streak.sinceGrant) continue;
      this.#streaks.delete(name);
      if (name !== "strike") continue;
      this.#forgiven = { grant, streak };
      this.#advice = null;
    }
  }

  /** The answer that `noteSuccess` was told of turned out to be none. */
  noteBroken(failure: UpstreamFailure, moment: Moment): void {
    const forgiven = this.#forgiven;
    if (forgiven !== null && forgiven.grant === moment.grant && !this.#streaks.has("strike")) {
      this.#streaks.set("strike", forgiven.streak);
    }
    this.strike(failure, moment, 1);
  }

  /** One strike more, or as many as make it `atLeast` so many. */
  strike(failure: UpstreamFailure, moment: Moment, atLeast: number): void {
    const counted = this.#extend("strike", moment);
    const strikes = Math.max(atLeast, counted);
    if (strikes > counted) this.#streaks.set("strike", { count: strikes, sinceGrant: moment.newestGrant });
    if (strikes < strikesToRest) return;
    const untilMs = moment.nowMs + jitteredBackoffMs(strikeBackoff, strikes - strikesToRest, this.#randomness);
    this.#advice = later(this.#advice, untilMs, failure.error.message);
    this.#adviceCause = failure.kind;
  }

  /** When a rest ends that GitHub asked for: as it said, else longer each time in a row. */
  endMsFor(failure: UpstreamFailure, streak: string, moment: Moment, isWeekly: boolean): number {
    const level = this.#extend(streak, moment) - 1;
    const restMs =
      failure.retryAfterMs ?? jitteredBackoffMs(isWeekly ? weeklyBackoff : rateLimitBackoff, level, this.#randomness);
    return moment.nowMs + Math.min(Math.max(restMs, shortestRestMs), longestRestMs);
  }

  /** Counts a failure, once for all requests that were under way together. Returns the streak's length. */
  #extend(name: string, moment: Moment): number {
    const streak = this.#streaks.get(name);
    if (streak === undefined) {
      this.#streaks.set(name, { count: 1, sinceGrant: moment.newestGrant });
      return 1;
    }
    if (moment.grant > streak.sinceGrant) {
      streak.count += 1;
      streak.sinceGrant = moment.newestGrant;
    }
    return streak.count;
  }
}

/** The rest while it lasts. */
function current(rest: Rest | null, nowMs: number): Rest | null {
  return rest !== null && rest.untilMs > nowMs ? rest : null;
}

/** The one that ends later; the first at a tie. */
function longer(one: Rest | null, other: Rest | null): Rest | null {
  if (one === null || other === null) return one ?? other;
  return other.untilMs > one.untilMs ? other : one;
}

/** A shorter rest never cuts a longer one. */
function later(rest: Rest | null, untilMs: number, reason: string): Rest {
  return rest !== null && rest.untilMs > untilMs ? rest : { untilMs, reason };
}
