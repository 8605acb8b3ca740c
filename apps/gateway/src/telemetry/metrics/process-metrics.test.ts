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
  const registry = new Registry();

  addProcessMetrics(registry);

  const looksPerSecond = monitor.mock.calls.map(([options]) => 1_000 / (options?.resolution ?? 10));
  expect(looksPerSecond).toHaveLength(2);
  expect(looksPerSecond.reduce((sum, looks) => sum + looks)).toBeLessThan(21);
  expect(await registry.metrics()).toContain('copilot_llm_event_loop_delay_seconds{percentile="99"}');
});
