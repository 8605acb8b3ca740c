import type { Clock } from "@copilot-llm/model";
import type { Ledger } from "@copilot-llm/stores";
import { Gauge, Histogram, type Registry } from "prom-client";

const appendBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

export type WatchLedger = (ledger: Ledger) => Ledger;

export interface StoreMetrics {
  /** What it makes of a ledger does the same, and is measured. */
  readonly watchLedger: WatchLedger;
  /** How long the oldest record that is not kept yet has been waiting for it; 0 when none waits. */
  readonly lagMs: () => number;
}

/** How long records take to be kept. */
export function createStoreMetrics(registry: Registry, clock: Pick<Clock, "monotonicMs">): StoreMetrics {
  const appends = new Histogram({
    name: "copilot_llm_store_append_duration_seconds",
    help: "How long it took until a record was kept; failed tries included.",
    buckets: appendBuckets,
    registers: [registry],
  });
  /** In the order in which they began. */
  const underWay = new Set<{ readonly startedAt: number }>();
  const lagMs = (): number => {
    const [oldest] = underWay;
    return oldest === undefined ? 0 : clock.monotonicMs() - oldest.startedAt;
  };
  new Gauge({
    name: "copilot_llm_store_lag_seconds",
    help: "How long the oldest record that is not kept yet has been waiting for it; 0 when none waits.",
    registers: [registry],
    collect() {
      this.set(lagMs() / 1_000);
    },
  });

  const watchLedger: WatchLedger = (ledger) => {
    return {
      reserve: (reservation) => ledger.reserve(reservation),
      release: (reservationId) => ledger.release(reservationId),
      async append(entry) {
        const append = { startedAt: clock.monotonicMs() };
        underWay.add(append);
        try {
          await ledger.append(entry);
        } finally {
          underWay.delete(append);
          appends.observe((clock.monotonicMs() - append.startedAt) / 1_000);
        }
      },
      usageByKey: (keyIds, atMs) => ledger.usageByKey(keyIds, atMs),
      resetKeyUsage: (keyId, atMs, audited) => ledger.resetKeyUsage(keyId, atMs, audited),
      totalsByToken: (tokenIds) => ledger.totalsByToken(tokenIds),
      findRecord: (id) => ledger.findRecord(id),
      expire: (beforeMs, signal) => ledger.expire(beforeMs, signal),
    };
  };
  return { watchLedger, lagMs };
}
