import type { Clock, Initiator, Randomness, UpstreamFailure } from "@copilot-llm/model";
import { failureOf } from "../testing/fixtures.js";
import type { Purse } from "./purse.js";
import { monthMs } from "./traffic.js";

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface AccountOptions {
  readonly id: string;
  /** What it draws on, alone or with others. */
  readonly purse: Purse;
  /** Model id -> premium units of a user's turn. */
  readonly multipliers: ReadonlyMap<string, number>;
  readonly startMs: number;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

const outagesPerMonth = 6;
const longestOutageMs = 20 * 60_000;
const revokedShare = 0.2;
const longestRevocationMs = 6 * 3_600_000;
const requestsPerMinute = 40;

/** A GitHub account as it really is, which the pool learns of only by its answers. Faults are random but seeded. */
export class Account {
  readonly id: string;
  served = 0;
  readonly purse: Purse;
  readonly #multipliers: ReadonlyMap<string, number>;
  readonly #clock: Clock;
  readonly #randomness: Randomness;
  readonly #outages: readonly Span[];
  readonly #revocations: readonly Span[];
  readonly #recentMs: number[] = [];
  #blockedUntilMs = 0;
  readonly #modelBlockedUntilMs = new Map<string, number>();

  constructor(options: AccountOptions) {
    this.id = options.id;
    this.purse = options.purse;
    this.#multipliers = options.multipliers;
    this.#clock = options.clock;
    this.#randomness = options.randomness;
    const span = (longestMs: number): Span => {
      const fromMs = options.startMs + this.#randomness.next() * monthMs;
      return { fromMs, toMs: fromMs + this.#randomness.next() * longestMs };
    };
    this.#outages = Array.from({ length: outagesPerMonth }, () => span(longestOutageMs));
    this.#revocations = this.#randomness.next() < revokedShare ? [span(longestRevocationMs)] : [];
  }

  get isRevoked(): boolean {
    return this.#isWithin(this.#revocations);
  }

  /** Whether the account would take the request now, `underWay` premium units of others being on their way to it. */
  couldServe(modelId: string, initiator: Initiator, underWay: number): boolean {
    const nowMs = this.#clock.nowMs();
    const multiplier = this.#multipliers.get(modelId);
    if (multiplier === undefined || this.isRevoked || this.#isWithin(this.#outages)) return false;
    if (this.#blockedUntilMs > nowMs || (this.#modelBlockedUntilMs.get(modelId) ?? 0) > nowMs) return false;
    if (this.#requestsInLastMinute() >= requestsPerMinute) return false;
    if (multiplier === 0) return true;
    const cost = initiator === "user" ? multiplier : 0;
    return this.purse.covers(underWay + cost);
  }

  /** Answers a request: null when it is taken, and then charged. The service itself lets the last one overdraw. */
  answer(modelId: string, initiator: Initiator): UpstreamFailure | null {
    const nowMs = this.#clock.nowMs();
    const multiplier = this.#multipliers.get(modelId) ?? 0;
    if (this.#isWithin(this.#outages) || this.#chance(0.003)) return failureOf("unreachable");
    if (this.isRevoked) return failureOf("unauthorized");
    if (this.#blockedUntilMs > nowMs) return this.#limited("account_rate_limited", this.#blockedUntilMs);
    const modelBlockedUntilMs = this.#modelBlockedUntilMs.get(modelId) ?? 0;
    if (modelBlockedUntilMs > nowMs) return this.#limited("model_rate_limited", modelBlockedUntilMs);
    if (this.#requestsInLastMinute() >= requestsPerMinute) {
      this.#blockedUntilMs = nowMs + 30_000;
      return this.#limited("account_rate_limited", this.#blockedUntilMs);
    }
    if (this.#chance(0.0005)) this.#blockedUntilMs = nowMs + 60_000 + this.#randomness.next() * 540_000;
    if (this.#chance(0.0005))
      this.#modelBlockedUntilMs.set(modelId, nowMs + 60_000 + this.#randomness.next() * 240_000);
    if (multiplier > 0 && this.purse.isEmpty) return failureOf("quota_exhausted");
    this.#recentMs.push(nowMs);
    this.served += 1;
    if (initiator === "user") this.purse.take(multiplier);
    return null;
  }

  /** One in three refusals does not say when to come back. */
  #limited(kind: "account_rate_limited" | "model_rate_limited", untilMs: number): UpstreamFailure {
    return failureOf(kind, this.#chance(1 / 3) ? null : untilMs - this.#clock.nowMs());
  }

  #requestsInLastMinute(): number {
    const fromMs = this.#clock.nowMs() - 60_000;
    while ((this.#recentMs[0] ?? Number.POSITIVE_INFINITY) <= fromMs) this.#recentMs.shift();
    return this.#recentMs.length;
  }

  #isWithin(spans: readonly Span[]): boolean {
    const nowMs = this.#clock.nowMs();
    return spans.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs);
  }

  #chance(probability: number): boolean {
    return this.#randomness.next() < probability;
  }
}
