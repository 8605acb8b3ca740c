import type { RoutingStrategy } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { maxTokensPerRequest } from "../src/failover-table.js";
import type { Lease } from "../src/lease.js";
import { createPool, type Pool } from "../src/pool.js";
import { modelOf, requestOf } from "../testing/fixtures.js";
import { createSeededRandomness } from "../testing/seeded-randomness.js";
import { Account } from "./account.js";
import { ForecastCheck } from "./forecast-check.js";
import { leastPossibleWaste } from "./least-possible-waste.js";
import { Purse } from "./purse.js";
import { dayMs, monthMs, type PlannedConversation, planTraffic, trafficModels } from "./traffic.js";

export interface Scenario {
  readonly seed: number;
  readonly strategy: RoutingStrategy;
  /** What users ask for, as a share of the quotas that the month brings. */
  readonly demand: number;
  /** All quotas on the month's last day, as GitHub does, or each on a day of its own. */
  readonly resets: "together" | "apart";
  /** Each account has a quota of its own, or four in five are seats of organisations, whose quotas they share. */
  readonly quotas: "own" | "shared";
  /** How much of it all is simulated: quotas and what is asked of them alike; 1 unless given. */
  readonly scale?: number;
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
  /** What an oracle could not have used either. */
  readonly leastPossibleShare: number;
  /** How far the forecast of ten days before a reset was from what was lost then, as a share of the quota: the median. */
  readonly forecastError: number;
  /** Quotas that were overdrawn. */
  readonly overdrawn: number;
  /** Between the most and the least loaded account, as a share of the mean. */
  readonly loadSpread: number;
  /** Later turns of conversations that the token of the turn before served. */
  readonly keptTokenShare: number;
}

const startMs = Date.UTC(2026, 5, 1);
const entitlements = [50, 300, 300, 300, 300, 300, 300, 300, 1_000, 1_500];
const accountCount = 50;
const seatsPerOrganization = 8;
const organizationCount = 5;
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
  readonly #purses = new Map<string, Purse>();
  readonly #pool: Pool;
  readonly #forecasts: ForecastCheck;
  readonly #traffic: readonly PlannedConversation[];
  readonly #leastPossibleShare: number;
  /** Premium units of leases whose request is on its way, by purse. */
  readonly #underWay = new Map<string, number>();
  #requests = 0;
  #served = 0;
  #missed = 0;
  #refusals = 0;
  #laterTurns = 0;
  #keptTokens = 0;

  constructor({ seed, strategy, demand, resets, quotas, scale = 1 }: Scenario) {
    const randomness = createSeededRandomness(seed);
    this.#pool = createPool({ clock: this.#clock, randomness, strategy, maxConcurrencyPerToken });
    // A plain request volume for every demand: with little demand it is the quotas that are larger.
    const shares = Array.from({ length: accountCount }, (_, index) =>
      Math.round(((entitlements[index % entitlements.length] ?? 0) * scale) / demand),
    );
    const payers = shares.map((_, index) => (quotas === "shared" ? payerOf(index) : `account-${index}`));
    for (const payer of new Set(payers)) {
      const entitlement = shares.reduce((sum, share, index) => (payers[index] === payer ? sum + share : sum), 0);
      const firstPeriodMs = resets === "together" ? monthMs : Math.ceil(randomness.next() * 29) * dayMs;
      this.#addPurse(payer, entitlement, startMs + firstPeriodMs);
    }
    for (const [index, payer] of payers.entries()) this.#addAccount(index, payer, seed);
    this.#forecasts = new ForecastCheck({
      purses: this.#purses,
      pool: this.#pool,
      strategy,
      startMs,
      clock: this.#clock,
    });
    const supply = shares.reduce((sum, share) => sum + share, 0);
    this.#traffic = planTraffic(supply * demand, randomness);
    this.#leastPossibleShare = this.#findLeastPossible();
  }

  async run(): Promise<void> {
    for (const conversation of this.#traffic) {
      this.#clock.schedule(conversation.startMs, () => void this.#converse(conversation));
    }
    this.#refreshQuotas();
    this.#forecasts.schedule(startMs + monthMs);
    while (this.#clock.nowMs() <= startMs + monthMs && this.#clock.step()) await settled();
  }

  result(): MonthResult {
    const purses = [...this.#purses.values()];
    const sum = (of: (purse: Purse) => number): number => purses.reduce((total, purse) => total + of(purse), 0);
    const loads = Array.from(this.#accounts.values(), ({ served }) => served);
    const meanLoad = loads.reduce((total, load) => total + load, 0) / loads.length;
    return {
      requests: this.#requests,
      served: this.#served,
      missed: this.#missed,
      refusals: this.#refusals,
      quotaLeftShare: sum(({ ended }) => ended.left) / sum(({ ended }) => ended.units),
      leastPossibleShare: this.#leastPossibleShare,
      forecastError: this.#forecasts.medianError(),
      overdrawn: purses.filter(({ wasOverdrawn }) => wasOverdrawn).length,
      loadSpread: (Math.max(...loads) - Math.min(...loads)) / meanLoad,
      keptTokenShare: this.#keptTokens / this.#laterTurns,
    };
  }

  #addPurse(id: string, entitlement: number, firstResetAtMs: number): void {
    const purse = new Purse({ id, entitlement, firstResetAtMs, startMs, clock: this.#clock });
    this.#purses.set(id, purse);
    this.#clock.schedule(firstResetAtMs - startMs, () => {
      this.#forecasts.compare(purse);
      purse.reset();
    });
  }

  /** One account in ten has no `large` model. */
  #addAccount(index: number, payer: string, seed: number): void {
    const purse = this.#purses.get(payer);
    if (purse === undefined) throw new Error(`Nobody pays for account ${index}.`);
    const models = trafficModels.filter(({ id }) => id !== "large" || index % 10 !== 3);
    const id = `token-${index}`;
    const account = new Account({
      id,
      purse,
      multipliers: new Map(models.map((model) => [model.id, model.multiplier])),
      startMs,
      clock: this.#clock,
      randomness: createSeededRandomness(seed * 1_000 + index),
    });
    this.#accounts.set(id, account);
    this.#pool.addToken(id, { enabled: true });
    this.#pool.setBilling(id, { entityId: purse.id, accountId: id, seatEntitlement: null });
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
      this.#pool.setQuotas(account.id, [account.purse.snapshot()]);
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
      this.#addUnderWay(account.purse.id, units);
      await this.#wait(300);
      this.#addUnderWay(account.purse.id, -units);
      const failure = account.answer(modelId, initiator);
      if (failure === null) {
        this.#pool.reportSuccess(lease, [account.purse.snapshotInHeaders()]);
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

  /** For what was planned, whether or not it would be served. */
  #findLeastPossible(): number {
    const demands = this.#traffic.flatMap(({ startMs: beginMs, modelId, requests }) => {
      const multiplier = trafficModels.find(({ id }) => id === modelId)?.multiplier ?? 0;
      let atMs = startMs + beginMs;
      return requests.flatMap(({ initiator, pauseMs, durationMs }, turn) => {
        if (turn > 0) atMs += pauseMs;
        const demand = { atMs, units: multiplier };
        atMs += durationMs;
        return initiator === "user" && multiplier > 0 ? [demand] : [];
      });
    });
    const periods = Array.from(this.#purses.values(), (purse) => [purse.period, purse.next()]).flat();
    return leastPossibleWaste(periods, demands, startMs + monthMs);
  }

  #couldServe(modelId: string, initiator: "user" | "agent"): boolean {
    for (const account of this.#accounts.values()) {
      if (account.couldServe(modelId, initiator, this.#underWay.get(account.purse.id) ?? 0)) return true;
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

/** Who pays for an account where seats share. */
function payerOf(index: number): string {
  const organization = Math.floor(index / seatsPerOrganization);
  return organization < organizationCount ? `organization-${organization}` : `account-${index}`;
}

/** Lets everything run that the last timer set off, before the clock moves on. */
async function settled(): Promise<void> {
  for (let tick = 0; tick < 6; tick += 1) await null;
}
