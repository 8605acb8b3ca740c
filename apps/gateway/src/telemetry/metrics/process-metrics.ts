import { monitorEventLoopDelay } from "node:perf_hooks";
import { collectDefaultMetrics, Gauge, type Registry } from "prom-client";
import { addGcMetrics } from "./gc-metrics.js";

/** Each look wakes the event loop and takes some 40 µs; whatever stops the loop for longer than this is seen. */
const resolutionMs = 50;
/** prom-client's own watch of the event loop cannot be left out, only told to look once in 24 days. */
const neverMs = 2 ** 31 - 1;
const percentiles = [50, 90, 99, 100] as const;

/**
 * Of prom-client's own: totals that are no counters, which Prometheus's linter refuses, and the event loop's lag, into
 * which it counts the time between two looks.
 */
const leftOut = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
  "nodejs_eventloop_lag_seconds",
  "nodejs_eventloop_lag_min_seconds",
  "nodejs_eventloop_lag_max_seconds",
  "nodejs_eventloop_lag_mean_seconds",
  "nodejs_eventloop_lag_stddev_seconds",
  "nodejs_eventloop_lag_p50_seconds",
  "nodejs_eventloop_lag_p90_seconds",
  "nodejs_eventloop_lag_p99_seconds",
];

/** Memory, processor, garbage collection and event loop of this process. To be called once: it goes on measuring. */
export function addProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: neverMs });
  for (const name of leftOut) registry.removeSingleMetric(name);
  addGcMetrics(registry);
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  new Gauge({
    name: "copilot_llm_event_loop_delay_seconds",
    help: "How late the event loop was since it was last asked, by percentile; 100 is the longest.",
    labelNames: ["percentile"],
    registers: [registry],
    collect() {
      for (const percentile of percentiles) {
        const delayMs = delays.count === 0 ? resolutionMs : delays.percentile(percentile) / 1e6;
        this.set({ percentile: String(percentile) }, Math.max(0, delayMs - resolutionMs) / 1_000);
      }
      delays.reset();
    },
  });
}
