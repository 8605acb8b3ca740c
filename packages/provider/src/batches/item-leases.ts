import type { Cancel, Clock, Log } from "@copilot-llm/model";
import type { BatchStore, ItemToRelease } from "@copilot-llm/stores";

export interface ItemLeasesOptions {
  readonly batches: Pick<BatchStore, "renew" | "release">;
  readonly clock: Pick<Clock, "nowMs" | "schedule">;
  readonly log: Log;
  /** Whose they are. */
  readonly workerId: string;
  readonly isAnyUnderway: () => boolean;
}

/** An item belongs to a runner for so long. */
export const leaseMs = 30_000;
const renewEveryMs = 10_000;

/** The items that a runner has: kept as long as any is under way, and given back where they are not settled. */
export class ItemLeases {
  readonly #options: ItemLeasesOptions;
  #cancelRenew: Cancel | null = null;

  constructor(options: ItemLeasesOptions) {
    this.#options = options;
  }

  /** Prolongs all of them again and again, from now on. */
  keep(): void {
    const { batches, clock, workerId, log, isAnyUnderway } = this.#options;
    this.#cancelRenew ??= clock.schedule(renewEveryMs, () => {
      this.#cancelRenew = null;
      if (!isAnyUnderway()) return;
      this.keep();
      batches.renew(workerId, clock.nowMs() + leaseMs).catch((error: unknown) => {
        log.warn("the leases of batches' items could not be prolonged", { error });
      });
    });
  }

  /** Whether the item is pending again now. */
  async release(item: ItemToRelease): Promise<boolean> {
    const { batches, clock, workerId, log } = this.#options;
    try {
      await batches.release([item], workerId, clock.nowMs());
      return true;
    } catch (error) {
      log.warn("an item of a batch could not be given back; it is once its lease is over", { error });
      return false;
    }
  }

  stop(): void {
    this.#cancelRenew?.();
  }
}
