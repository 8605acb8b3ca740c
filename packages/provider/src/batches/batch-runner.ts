import { type BatchSettings, type Cancel, type Clock, dayMs, type Log } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { ClaimedItem, ItemToRelease, Stores } from "@copilot-llm/stores";
import { EntityLeases } from "./entity-leases.js";
import { ItemLeases, leaseMs } from "./item-leases.js";
import { PendingItems } from "./pending-items.js";
import { quietUntilMs } from "./quiet-hours.js";
import type { ItemEnd, RunItem } from "./run-item.js";
import { Underway } from "./underway.js";
import { WaitingBatches } from "./waiting-batches.js";
import { WakeTimer } from "./wake-timer.js";

/** How the runner stands. */
export interface BatchRunnerReading {
  /** `quiet`: it is one of the quiet hours. `waiting`: there are items, but none may begin now. `idle`: there are none. */
  readonly state: "off" | "quiet" | "running" | "waiting" | "idle";
  /** When that changes by itself, where it is known. */
  readonly untilMs: number | null;
  /** Items under way here. */
  readonly running: number;
  /** Items that have not begun, anywhere, as of the latest look. */
  readonly pending: number;
}

/** What became of a try at an item. `retried`: nothing yet. */
export type BatchItemOutcome = "succeeded" | "errored" | "retried";

export interface BatchRunnerOptions {
  readonly stores: Pick<Stores, "batches" | "health">;
  readonly pool: Pick<Pool, "entities" | "sparePlaces" | "waiting">;
  readonly runItem: RunItem;
  readonly settings: () => BatchSettings;
  /** Hears of every try at an item, once. Must neither throw nor wait. */
  readonly onItemEnd: (outcome: BatchItemOutcome) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the runners apart that share the stores. */
  readonly workerId: string;
}

/** What nobody tells: batches that other gateways took in, what has expired. */
const lookEveryMs = 20_000;
/** How long the results of a batch that has ended are kept. */
const keptMs = 30 * dayMs;
/** After failures in a row of whatever items nothing is begun for a while: 1 s, 2 s, 4 s and so on. */
const longestPauseMs = 60_000;

/**
 * Works on batches, in the background: begins as many items as settings, quota to spare and interactive requests allow,
 * and sleeps until something changes.
 */
export class BatchRunner {
  readonly #options: BatchRunnerOptions;
  readonly #underway = new Underway();
  readonly #waiting = new WaitingBatches();
  readonly #pending = new PendingItems();
  readonly #leases: ItemLeases;
  readonly #entities: EntityLeases;
  #isStopped = false;
  #isAsked = false;
  #filling: Promise<void> | null = null;
  #failuresInRow = 0;
  #pauseUntilMs = 0;
  readonly #wakeTimer: WakeTimer;
  #cancelLook: Cancel = () => {};
  #looking: Promise<void> = Promise.resolve();

  constructor(options: BatchRunnerOptions) {
    this.#options = options;
    const isAnyUnderway = (): boolean => this.#underway.size > 0;
    this.#leases = new ItemLeases({ ...options, batches: options.stores.batches, isAnyUnderway });
    this.#wakeTimer = new WakeTimer(options.clock, () => this.#fillSoon());
    this.#entities = new EntityLeases({ ...options, batches: options.stores.batches });
  }

  /** Begins in the background. */
  start(): void {
    this.#looking = this.#look();
  }

  /** Something has changed for batches: whatever waited may be tried. May be called in the middle of the change. */
  readonly wake = (): void => {
    this.#waiting.forgetOpenEnded();
    this.#fillSoon();
  };

  /** A batch is not as it was: there is more to run, or less. */
  readonly lookAgain = (): void => {
    this.#looking = this.#looking.then(() => this.#readPending()).then(this.wake);
  };

  read(): BatchRunnerReading {
    const settings = this.#options.settings();
    const nowMs = this.#options.clock.nowMs();
    const figures = { running: this.#underway.size, pending: this.#pending.total };
    if (!settings.enabled) return { state: "off", untilMs: null, ...figures };
    const quiet = quietUntilMs(nowMs, settings.quietHours);
    if (figures.running > 0) return { state: "running", untilMs: null, ...figures };
    if (quiet !== null) return { state: "quiet", untilMs: Number.isFinite(quiet) ? quiet : null, ...figures };
    if (figures.pending === 0) return { state: "idle", untilMs: null, ...figures };
    const untilMs = Math.max(this.#pauseUntilMs, this.#waiting.nextUntilMs() ?? 0);
    return { state: "waiting", untilMs: untilMs > nowMs ? untilMs : null, ...figures };
  }

  /** Begins nothing more, and gives what is under way so long before it is cut short and given back. Never rejects. */
  async drain(timeoutMs: number): Promise<void> {
    this.#isStopped = true;
    this.#wakeTimer.stop();
    this.#cancelLook();
    await this.#filling;
    await this.#underway.drain(this.#options.clock, timeoutMs);
    this.#leases.stop();
    await this.#looking;
    await this.#entities.giveBack();
  }

  #fillSoon(): void {
    this.#isAsked = true;
    if (this.#isStopped) return;
    this.#filling ??= this.#fillWhileAsked().finally(() => {
      this.#filling = null;
      // Asked again between the last look and now.
      if (this.#isAsked) this.#fillSoon();
    });
  }

  async #fillWhileAsked(): Promise<void> {
    // Not in the middle of whatever woke it.
    await Promise.resolve();
    while (this.#isAsked && !this.#isStopped) {
      this.#isAsked = false;
      try {
        await this.#fill();
      } catch (error) {
        this.#options.log.warn("batches could not be worked on; it is tried again", { error });
        this.#wakeTimer.wakeAt(this.#options.clock.nowMs() + lookEveryMs);
      }
    }
    this.#isAsked &&= !this.#isStopped;
  }

  /** Begins what may begin now. */
  async #fill(): Promise<void> {
    const { stores, settings, clock, workerId } = this.#options;
    const { maxInPool, maxPerToken } = settings();
    if (!settings().enabled || !stores.health().ok) return;
    await this.#entities.askForMore();
    const nowMs = clock.nowMs();
    const limit = this.#placesNow(nowMs);
    if (limit === 0) return;
    const claimed = await stores.batches.claim({
      workerId,
      limit,
      maxRunning: maxInPool,
      nowMs,
      leaseUntilMs: nowMs + leaseMs,
      exceptBatchIds: this.#waiting.batchIds(nowMs),
    });
    for (const { batch } of claimed) this.#pending.note(batch);
    for (const item of claimed) this.#begin(item, maxPerToken);
    const nextMs = this.#waiting.nextUntilMs();
    if (nextMs !== null) this.#wakeTimer.wakeAt(nextMs);
  }

  /** How many items may begin now, as far as this gateway knows; sees to it that it is woken when time changes that. */
  #placesNow(nowMs: number): number {
    const { stores, pool, settings } = this.#options;
    const { enabled, maxInPool, maxPerToken, quietHours } = settings();
    if (!enabled || !stores.health().ok || pool.waiting > 0) return 0;
    const quiet = quietUntilMs(nowMs, quietHours);
    const untilMs = Math.max(quiet ?? 0, this.#pauseUntilMs);
    if (untilMs > nowMs) {
      this.#wakeTimer.wakeAt(untilMs);
      return 0;
    }
    const mayUse = (entityId: string): boolean => this.#entities.holds(entityId);
    return Math.max(0, Math.min(maxInPool - this.#underway.size, pool.sparePlaces({ maxPerToken, mayUse })));
  }

  #begin(item: ClaimedItem, maxPerToken: number): void {
    const { runItem } = this.#options;
    const isStopping = (): boolean => this.#isStopped;
    this.#leases.keep();
    this.#underway
      .add((signal) =>
        runItem(item, { maxPerToken, entities: this.#entities, signal, isStopping }).then((end) =>
          this.#endItem(item, end),
        ),
      )
      .then(this.#fillAfter);
  }

  /** A place is free: batches that found none may be tried. */
  readonly #fillAfter = (hadPlace: boolean): void => {
    if (hadPlace) this.#waiting.forgetOpenEnded();
    this.#fillSoon();
  };

  /** Whether it had a token, which others can have now. */
  async #endItem(item: ClaimedItem, end: ItemEnd): Promise<boolean> {
    const { clock, onItemEnd } = this.#options;
    const { batchId, index } = item;
    switch (end.kind) {
      case "settled":
        this.#failuresInRow = 0;
        onItemEnd(end.state);
        return true;
      case "waits":
        this.#waiting.add(batchId, end.untilMs);
        await this.#release({ batchId, index });
        return false;
      case "failed":
        onItemEnd("retried");
        this.#pauseUntilMs = clock.nowMs() + Math.min(longestPauseMs, 1_000 * 2 ** this.#failuresInRow);
        this.#failuresInRow += 1;
        this.#wakeTimer.wakeAt(end.retryAtMs);
        await this.#release({ batchId, index, failed: { retryAtMs: end.retryAtMs } });
        return true;
    }
  }

  async #release(item: ItemToRelease): Promise<void> {
    if (await this.#leases.release(item)) this.#pending.addOne(item.batchId);
  }

  /** Sees what nobody tells. */
  async #look(): Promise<void> {
    const { stores, settings, clock, log } = this.#options;
    try {
      const nowMs = clock.nowMs();
      if (settings().enabled) await this.#entities.renew();
      await stores.batches.expire({ nowMs, endedBeforeMs: nowMs - keptMs });
      await this.#readPending();
    } catch (error) {
      log.warn("batches could not be looked at", { error });
    }
    if (this.#isStopped) return;
    this.wake();
    this.#cancelLook = clock.schedule(lookEveryMs, () => {
      this.#looking = this.#look();
    });
  }

  async #readPending(): Promise<void> {
    await this.#pending.read(this.#options.stores.batches).catch((error: unknown) => {
      this.#options.log.warn("batches could not be listed", { error });
    });
  }
}
