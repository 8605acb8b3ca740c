import type { BatchItemOutcome, BatchRunnerReading } from "@copilot-llm/provider";
import { Counter, Gauge, type Registry } from "prom-client";

export interface BatchMetrics {
  /** A try at an item of a batch has ended. */
  readonly observeItem: (outcome: BatchItemOutcome) => void;
  readonly setGauges: (reading: BatchRunnerReading) => void;
}

/** How batches go: what became of their items here, and how many are left. */
export function createBatchMetrics(registry: Registry): BatchMetrics {
  const registers = [registry];
  const items = new Counter({
    name: "copilot_llm_batch_items_total",
    help: "Tries at items of batches that have ended, by outcome; what is retried is not settled.",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of ["succeeded", "errored", "retried"] as const) items.inc({ outcome }, 0);
  const running = new Gauge({
    name: "copilot_llm_batch_items_running",
    help: "Items of batches under way on this gateway.",
    registers,
  });
  const pending = new Gauge({
    name: "copilot_llm_batch_items_pending",
    help: "Items of batches in progress that have not begun, on all gateways, as of the latest look.",
    registers,
  });
  return {
    observeItem: (outcome) => items.inc({ outcome }),
    setGauges(reading) {
      running.set(reading.running);
      pending.set(reading.pending);
    },
  };
}
