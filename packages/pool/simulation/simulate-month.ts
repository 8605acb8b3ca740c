import type { RoutingStrategy } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { maxTokensPerRequest } from "../src/failover-table.js";
import type { Lease } from "../src/lease.js";
import { createPool, type Pool } from "../src/pool.js";
import { modelOf, requestOf } from "../testing/fixtures.js";
import { createSeededRandomness } from "../testing/seeded-randomness.js";
import { Account } from "./account.js";
import { dayMs, monthMs, type PlannedConversation, planTraffic, trafficModels } from "./traffic.js";

export interface Scenario {
  readonly seed: number;
  readonly strategy: RoutingStrategy;
  /** What users ask for, as a share of the quotas that the month brings. */
  readonly demand: number;
  /** All accounts on the month's last day, as GitHub does, or each on a day of its own. */
  readonly resets: "together" | "apart";
}

export interface MonthResult {
  readonly requests: number;
  readonly served: number;
  /** Not served, though some account would have taken the request when it came. */
  readonly missed: number;
  /** Attempts that an account refused or broke off. */
  readonly refusals: number;
  /** Of the quotas whose period ended, what nobody used. */
  readonly quotaLeftShare: number;
  /** Accounts whose quota was overdrawn. */
  readonly overdrawn: number;
  /** Between the most and the least loaded account, as a share of the mean. */
  readonly loadSpread: number;
  /** Later turns of conversations that the token of the turn before served. */
  readonly keptTokenShare: number;
}

const startMs = Date.UTC(2026, 5, 1);
const entitlements = [50, 300, 300, 300, 300, 300, 300, 300, 1_000, 1_500];
const accountCount = 50;
const maxConcurrencyPerToken = 8;
const quotaRefreshMs = 10 * 60_000;

/** Runs one month of 50 accounts through a pool, as fast as it goes and always the same for the same scenario. */
export async function simulateMonth(scenario: Scenario): Promise<MonthResult> {
  const month = new Month(scenario);
  await month.run();
  return month.result();
}

class Month {
  readonly #clock = createManualClock(startMs);
  readonly #accounts = new Map<string, Account>();
  readonly #pool: Pool;
  readonly #traffic: readonly PlannedConversation[];
  /** Premium units of leases whose request is on its way. */
  readonly #underWay = new Map<string, number>();
  #requests = 0;
  #served = 0;
  #missed = 0;
  #refusals = 0;
  #laterTurns = 0;
  #keptTokens = 0;

  constructor({ seed, strategy, demand, resets }: Scenario) {
    const randomness = createSeededRandomness(seed);
    this.#pool = createPool({ clock: this.#clock, randomness, strategy, maxConcurrencyPerToken });
    let supply = 0;
    for (let index = 0; index < accountCount; index += 1) {
      // A plain request volume for every demand: with little demand it is the quotas that are larger.
      const entitlement = Math.round((entitlements[index % entitlements.length] ?? 0) / demand);
      supply += entitlement;
      const firstPeriodMs = resets === "together" ? monthMs : Math.ceil(randomness.next() * 29) * dayMs;
      this.#addAccount(index, entitlement, startMs + firstPeriodMs, seed);
    }
    this.#traffic = planTraffic(supply * demand, randomness);
  }

  async run(): Promise<void> {
    for (const conversation of this.#traffic) {
      this.#clock.schedule(conversation.startMs, () => void this.#converse(conversation));
    }
    this.#refreshQuotas();
    while (this.#clock.nowMs() <= startMs + monthMs && this.#clock.step()) await settled();
  }

  result(): MonthResult {
    const accounts = [...this.#accounts.values()];
    const sum = (of: (account: Account) => number): number =>
      accounts.reduce((total, account) => total + of(account), 0);
    const loads = accounts.map(({ served }) => served);
    return {
      requests: this.#requests,
      served: this.#served,
      missed: this.#missed,
      refusals: this.#refusals,
      quotaLeftShare: sum(({ ended }) => ended.left) / sum(({ ended }) => ended.units),
      overdrawn: accounts.filter(({ wasOverdrawn }) => wasOverdrawn).length,
      loadSpread: (Math.max(...loads) - Math.min(...loads)) / (sum(({ served }) => served) / accounts.length),
      keptTokenShare: this.#keptTokens / this.#laterTurns,
    };
  }

  /** One account in ten has no `large` model. */
  #addAccount(index: number, entitlement: number, firstResetAtMs: number, seed: number): void {
    const models = trafficModels.filter(({ id }) => id !== "large" || index % 10 !== 3);
    const id = `token-${index}`;
    const account = new Account({
      id,
      entitlement,
      firstResetAtMs,
      multipliers: new Map(models.map((model) => [model.id, model.multiplier])),
      startMs,
      clock: this.#clock,
      randomness: createSeededRandomness(seed * 1_000 + index),
    });
    this.#accounts.set(id, account);
    this.#clock.schedule(firstResetAtMs - startMs, () => account.reset());
    this.#pool.addToken(id, { enabled: true });
    const catalogue = models.map((model) =>
      modelOf(model.id, { isPremium: model.multiplier > 0, multiplier: model.multiplier }),
    );
    this.#pool.setCatalogue(id, catalogue);
  }

  /** What the gateway does in the background: asks for quotas, and checks accounts that were refused. */
  #refreshQuotas(): void {
    for (const account of this.#accounts.values()) {
      if (account.isRevoked) continue;
      this.#pool.markActive(account.id);
      this.#pool.setQuotas(account.id, [account.quota()]);
    }
    this.#clock.schedule(quotaRefreshMs, () => this.#refreshQuotas());
  }

  async #converse({ id, modelId, requests }: PlannedConversation): Promise<void> {
    let tokenBefore: string | null = null;
    for (const [turn, planned] of requests.entries()) {
      if (turn > 0) await this.#wait(planned.pauseMs);
      this.#requests += 1;
      const couldServe = this.#couldServe(modelId, planned.initiator);
      const lease = await this.#send(id, modelId, planned.initiator, turn === 0);
      if (lease === null) {
        if (couldServe) this.#missed += 1;
        return;
      }
      this.#served += 1;
      if (tokenBefore !== null) {
        this.#laterTurns += 1;
        if (tokenBefore === lease.tokenId) this.#keptTokens += 1;
      }
      tokenBefore = lease.tokenId;
      await this.#wait(planned.durationMs);
      lease.release();
    }
  }

  /** The gateway's failover: the lease of the token that took the request, or null. */
  async #send(
    conversationId: string,
    modelId: string,
    initiator: "user" | "agent",
    startsConversation: boolean,
  ): Promise<Lease | null> {
    const triedTokenIds: string[] = [];
    while (triedTokenIds.length < maxTokensPerRequest) {
      const request = { ...anyRequest, modelId, initiator, conversationId, startsConversation, triedTokenIds };
      const result = await this.#pool.lease(request);
      if (!result.ok) return null;
      const { lease } = result;
      const account = this.#accounts.get(lease.tokenId);
      if (account === undefined) return null;
      const units = initiator === "user" ? (lease.model.billing.multiplier ?? 0) : 0;
      this.#addUnderWay(account.id, units);
      await this.#wait(300);
      this.#addUnderWay(account.id, -units);
      const failure = account.answer(modelId, initiator);
      if (failure === null) {
        this.#pool.reportSuccess(lease, [account.quotaInHeaders()]);
        return lease;
      }
      this.#refusals += 1;
      triedTokenIds.push(lease.tokenId);
      const step = this.#pool.reportFailure(lease, failure);
      lease.release();
      if (step.action !== "next_token") return null;
    }
    return null;
  }

  #couldServe(modelId: string, initiator: "user" | "agent"): boolean {
    for (const account of this.#accounts.values()) {
      if (account.couldServe(modelId, initiator, this.#underWay.get(account.id) ?? 0)) return true;
    }
    return false;
  }

  #addUnderWay(id: string, units: number): void {
    this.#underWay.set(id, (this.#underWay.get(id) ?? 0) + units);
  }

  #wait(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.schedule(durationMs, resolve);
    });
  }
}

const anyRequest = requestOf();

/** Lets everything run that the last timer set off, before the clock moves on. */
async function settled(): Promise<void> {
  for (let tick = 0; tick < 6; tick += 1) await null;
}
