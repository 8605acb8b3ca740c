import { syncBuiltinESMExports } from "node:module";
import perfHooks from "node:perf_hooks";
import { Registry } from "prom-client";
import { afterEach, expect, it, vi } from "vitest";
import { addProcessMetrics } from "./process-metrics.js";

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

it("wakes the event loop at most twenty times a second, prom-client's own watch included", async () => {
  const monitor = vi.spyOn(perfHooks, "monitorEventLoopDelay");
  syncBuiltinESMExports();
  const exposed = new Registry();

  addProcessMetrics(exposed);

  const looksPerSecond = monitor.mock.calls.map(([options]) => 1_000 / (options?.resolution ?? 10));
  expect(looksPerSecond).toHaveLength(2);
  expect(looksPerSecond.reduce((sum, looks) => sum + looks)).toBeLessThan(21);
  expect(await exposed.metrics()).toContain('copilot_llm_event_loop_delay_seconds{percentile="99"}');
});

it("counts each garbage collection, however many come in one turn of the event loop", async () => {
  const exposed = new Registry();
  addProcessMetrics(exposed);
  const seen = await new Promise<number>((resolve) => {
    const observer = new perfHooks.PerformanceObserver((list) => {
      observer.disconnect();
      resolve(list.getEntries().length);
    });
    observer.observe({ entryTypes: ["gc"] });
    allocate();
  });
  const counts = (await exposed.metrics()).matchAll(/^nodejs_gc_duration_seconds_count\{\S+\} (\d+)$/gm);
  expect(seen).toBeGreaterThan(1);
  expect([...counts].reduce((sum, [, count]) => sum + Number(count), 0)).toBeGreaterThanOrEqual(seen);
});

/** Enough for several young collections. */
function allocate(): unknown {
  let kept: unknown[] = [];
  for (let index = 0; index < 5_000_000; index += 1) kept = [index, kept[0]];
  return kept;
}
