import { constants, type PerformanceEntry, PerformanceObserver } from "node:perf_hooks";
import { Histogram, type Registry } from "prom-client";

const {
  NODE_PERFORMANCE_GC_MAJOR: major,
  NODE_PERFORMANCE_GC_MINOR: minor,
  NODE_PERFORMANCE_GC_INCREMENTAL: incremental,
  NODE_PERFORMANCE_GC_WEAKCB: weakCallbacks,
} = constants;
const kinds = new Map([
  [major, "major"],
  [minor, "minor"],
  [incremental, "incremental"],
  [weakCallbacks, "weakcb"],
]);

/**
 * prom-client's own histogram of collections, in which each is counted: prom-client 15 counts one of those that came in the same turn
 * of the event loop. To be called once: it goes on measuring.
 */
export function addGcMetrics(registry: Registry): void {
  registry.removeSingleMetric("nodejs_gc_duration_seconds");
  const duration = new Histogram({
    name: "nodejs_gc_duration_seconds",
    help: "How long garbage collections took, by kind.",
    labelNames: ["kind"],
    buckets: [0.001, 0.01, 0.1, 1, 2, 5],
    registers: [registry],
  });
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) duration.observe({ kind: kindOf(entry) }, entry.duration / 1_000);
  });
  observer.observe({ entryTypes: ["gc"] });
}

function kindOf(entry: PerformanceEntry): string {
  const { detail } = entry as PerformanceEntry & { readonly detail?: { readonly kind?: number } };
  return kinds.get(detail?.kind ?? 0) ?? "other";
}
