import type { Clock, Log } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { BatchStore } from "@copilot-llm/stores";

export interface EntityLeasesOptions {
  readonly batches: Pick<BatchStore, "leaseEntities">;
  readonly pool: Pick<Pool, "entities">;
  readonly clock: Pick<Clock, "nowMs">;
  readonly log: Log;
  /** Whose they are. */
  readonly workerId: string;
}

/** Longer than some looks of the runner, which prolong it. */
const leaseMs = 60_000;
/** What another gateway has is asked for again after so long. */
const askAgainMs = 20_000;

interface Held {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/**
 * The billing entities whose tokens this gateway alone uses for batches. What holds for a token or a quota then holds
 * for all gateways that share the stores: how many items at once, how much of what is to spare.
 */
export class EntityLeases {
  readonly #options: EntityLeasesOptions;
  readonly #held = new Map<string, Held>();
  readonly #askedAtMs = new Map<string, number>();

  constructor(options: EntityLeasesOptions) {
    this.#options = options;
  }

  holds(entityId: string): boolean {
    return (this.#held.get(entityId)?.untilMs ?? 0) > this.#options.clock.nowMs();
  }

  /** Since when without a break; never (positive infinity) where another may use it now. */
  heldSinceMs(entityId: string): number {
    return this.holds(entityId) ? (this.#held.get(entityId)?.sinceMs ?? 0) : Number.POSITIVE_INFINITY;
  }

  /** Asks for those that are new or were another's when asked last. Rejects as the stores do. */
  async askForMore(): Promise<void> {
    const nowMs = this.#options.clock.nowMs();
    const missing = this.#entityIds().filter(
      (id) => !this.holds(id) && (this.#askedAtMs.get(id) ?? Number.NEGATIVE_INFINITY) + askAgainMs <= nowMs,
    );
    if (missing.length > 0) await this.#lease(missing);
  }

  /** Asks for all, which prolongs those that are held. Rejects as the stores do. */
  async renew(): Promise<void> {
    await this.#lease(this.#entityIds());
  }

  /** Gives all back, for a gateway that stops. Never rejects. */
  async giveBack(): Promise<void> {
    const { batches, clock, log, workerId } = this.#options;
    const nowMs = clock.nowMs();
    const entityIds = [...this.#held.keys()].filter((id) => this.holds(id));
    this.#held.clear();
    if (entityIds.length === 0) return;
    await batches.leaseEntities({ workerId, entityIds, nowMs, leaseUntilMs: nowMs }).catch((error: unknown) => {
      log.warn("quotas of batches could not be given back; they are once their leases are over", { error });
    });
  }

  async #lease(entityIds: readonly string[]): Promise<void> {
    const { batches, clock, workerId } = this.#options;
    const nowMs = clock.nowMs();
    const untilMs = nowMs + leaseMs;
    for (const id of entityIds) this.#askedAtMs.set(id, nowMs);
    const leased = await batches.leaseEntities({ workerId, entityIds, nowMs, leaseUntilMs: untilMs });
    for (const id of entityIds) {
      const sinceMs = leased.get(id);
      if (sinceMs === undefined) this.#held.delete(id);
      else this.#held.set(id, { sinceMs, untilMs });
    }
  }

  #entityIds(): readonly string[] {
    return this.#options.pool.entities().map(({ id }) => id);
  }
}
