import { type Cancel, type Clock, dayMs, type Log, type QuotaCycle, type Settings } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Stores } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import { type BillingEntityView, listBillingEntities } from "../admin/billing-entities.js";
import { computeForecast, findBoundShares } from "./compute-forecast.js";
import type { ClosedCycle, QuotaForecast } from "./quota-figures.js";
import { UsageHistory } from "./usage-history.js";
import { closeCycle, seeCycle, settleCycle } from "./watch-cycles.js";

const refreshEveryMs = 2 * 60_000;
/** Accounts are being checked right after a start: until then little is known of quotas, and it is looked at often. */
const firstRefreshMs = 15_000;
const firstRefreshes = 20;
/** Which keys are bound, and to what, changes seldom. */
const sharesEveryMs = 60 * 60_000;
const paceMs = 28 * dayMs;
/** Older cycles stay in the stores. */
const toldCyclesMs = 400 * dayMs;

export interface QuotaWatchOptions {
  readonly stores: Pick<Stores, "statistics" | "quotaCycles" | "keys">;
  readonly pool: Pick<Pool, "entities">;
  readonly accounts: Pick<Accounts, "payer">;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What is being used of each quota, and what will be lost of it. All is computed in the background, every two minutes,
 * from the ledger and from what GitHub says; reading it costs nothing.
 */
export class QuotaWatch {
  readonly #options: QuotaWatchOptions;
  readonly #history: UsageHistory;
  #shares: ReadonlyMap<string, number> = new Map();
  #sharesAtMs = Number.NEGATIVE_INFINITY;
  #cycles: readonly QuotaCycle[] = [];
  #forecast: QuotaForecast | null = null;
  #running: Promise<void> | null = null;
  #cancelNext: Cancel = () => {};
  #refreshes = 0;
  #knowsAll = false;
  #closed = false;
  readonly #listeners = new Set<(forecast: QuotaForecast) => void>();

  constructor(options: QuotaWatchOptions) {
    this.#options = options;
    this.#history = new UsageHistory(options.stores.statistics);
  }

  start(): void {
    this.#refreshIn(firstRefreshMs);
  }

  /** As computed last. Only before the first time it waits for that. */
  async forecast(): Promise<QuotaForecast> {
    if (this.#forecast === null) await this.refresh();
    return this.#forecast ?? this.#compute([]);
  }

  /** Called with each forecast, once it is made; the listener must not throw. */
  subscribe(listener: (forecast: QuotaForecast) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The cycles that have ended in the last year, the latest first, as of the last look. */
  async closedCycles(): Promise<readonly ClosedCycle[]> {
    if (this.#forecast === null) await this.refresh();
    const nowMs = this.#options.clock.nowMs();
    return this.#cycles.filter(({ resetAtMs }) => resetAtMs <= nowMs).map(closeCycle);
  }

  /** Looks at the ledger and the quotas now. Never rejects. */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Begins nothing more; resolves when what is under way is done. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelNext();
    await this.#running;
  }

  #refreshIn(delayMs: number): void {
    if (this.#closed) return;
    this.#cancelNext = this.#options.clock.schedule(delayMs, () => {
      void this.refresh().then(() => {
        this.#refreshes += 1;
        this.#refreshIn(this.#knowsAll || this.#refreshes >= firstRefreshes ? refreshEveryMs : firstRefreshMs);
      });
    });
  }

  async #refresh(): Promise<void> {
    const { stores, pool, accounts, clock, log } = this.#options;
    try {
      const nowMs = clock.nowMs();
      await this.#history.refresh(nowMs);
      const entities = listBillingEntities(pool, accounts);
      this.#knowsAll = entities.every(({ seenAtMs }) => seenAtMs !== null);
      await this.#refreshShares(entities, nowMs);
      await this.#noteCycles(entities, nowMs);
      this.#cycles = await stores.quotaCycles.list(nowMs - toldCyclesMs);
      this.#forecast = this.#compute(entities);
      for (const listener of this.#listeners) listener(this.#forecast);
    } catch (error) {
      log.warn("the quotas' forecast could not be made anew", { error });
    }
  }

  async #refreshShares(entities: readonly BillingEntityView[], nowMs: number): Promise<void> {
    if (nowMs - this.#sharesAtMs < sharesEveryMs) return;
    const { stores } = this.#options;
    const query = { fromMs: nowMs - paceMs, toMs: nowMs, groupBy: "key", splitBy: "token" } as const;
    const { rows } = await stores.statistics.report(query);
    const isCredits = new Set(entities.flatMap(({ unit, tokenIds }) => (unit === "credits" ? tokenIds : [])));
    const used = rows.flatMap(({ group, split, premiumUnits, nanoAiu, batchPremiumUnits, batchNanoAiu }) => {
      if (group === null || split === null) return [];
      const units = isCredits.has(split) ? nanoAiu - batchNanoAiu : premiumUnits - batchPremiumUnits;
      return [{ keyId: group, tokenId: split, units }];
    });
    this.#shares = findBoundShares(used, await stores.keys.list(), entities);
    this.#sharesAtMs = nowMs;
  }

  async #noteCycles(entities: readonly BillingEntityView[], nowMs: number): Promise<void> {
    const seen = entities.flatMap((entity) => seeCycle(entity, this.#history, nowMs) ?? []);
    const tokenIds = new Map(entities.map((entity) => [entity.id, entity.tokenIds]));
    const settled = this.#cycles.flatMap(
      (cycle) => settleCycle(cycle, tokenIds.get(cycle.entityId) ?? [], this.#history, nowMs) ?? [],
    );
    await this.#options.stores.quotaCycles.note([...seen, ...settled]);
  }

  #compute(entities: readonly BillingEntityView[]): QuotaForecast {
    const { settings, clock } = this.#options;
    const nowMs = clock.nowMs();
    return computeForecast({
      nowMs,
      strategy: settings().routingStrategy,
      entities,
      history: this.#history,
      boundShare: ({ id }) => this.#shares.get(id) ?? 0,
      runningCycle: ({ id, unit }) =>
        this.#cycles.find((cycle) => cycle.entityId === id && cycle.unit === unit && cycle.resetAtMs > nowMs) ?? null,
    });
  }
}
