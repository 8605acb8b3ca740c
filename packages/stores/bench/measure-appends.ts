import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import type { Stores } from "../src/interfaces/stores.js";
import { percentile, type Report } from "./figures.js";
import { createBody, createEntry, type Requests, serveRequest, serveRequests } from "./workload.js";

const firstMs = Date.UTC(2026, 0, 1);
const callers = 16;

/** What a request costs the process that is reserved and appended, all threads together, and how many a second there are. */
export async function measureAppends(stores: Stores, bytes: number, requests: number, report: Report): Promise<void> {
  const warmUp = requests / 10;
  // At times of their own, or they would be on record already.
  const startMs = firstMs + bytes * 1000;
  const range: Requests = { from: 0, to: warmUp, startMs, spacingMs: 864, body: createBody(bytes) };
  await serveRequests(stores, range, callers);
  const before = process.cpuUsage();
  const startedMs = performance.now();
  await serveRequests(stores, { ...range, from: warmUp, to: warmUp + requests }, callers);
  const { user, system } = process.cpuUsage(before);
  report(`CPU per append of ${bytes} bytes`, (user + system) / requests, "µs");
  report(`appends of ${bytes} bytes`, requests / ((performance.now() - startedMs) / 1000), "per second");
}

/** How long appends take and the event loop stands still while so many come in a second, one by one. */
export async function measurePace(stores: Stores, perSecond: number, seconds: number, report: Report): Promise<void> {
  const requests: Requests = { from: 0, to: 0, startMs: firstMs, spacingMs: 864, body: createBody(20_000) };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const startedMs = performance.now();
  const serving: Promise<number>[] = [];
  const serve = async (number: number) => {
    const sentMs = performance.now();
    await serveRequest(stores, createEntry(number, requests));
    return performance.now() - sentMs;
  };
  const warmUp = perSecond * 2;
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const dueMs = startedMs + (number * 1000) / perSecond;
    if (dueMs > performance.now()) await setTimeout(dueMs - performance.now());
    if (number === warmUp) delay.enable();
    serving.push(serve(number));
  }
  const served = (await Promise.all(serving)).slice(warmUp);
  delay.disable();
  report(`loop delay at ${perSecond}/s, p99`, delay.percentile(99) / 1e6, "ms");
  report(`loop delay at ${perSecond}/s, longest`, delay.max / 1e6, "ms");
  report(`append at ${perSecond}/s, median`, percentile(served, 50), "ms");
  report(`append at ${perSecond}/s, p99`, percentile(served, 99), "ms");
  report(`append at ${perSecond}/s, longest`, percentile(served, 100), "ms");
}
