import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { Statistics, StatisticsQuery } from "../src/interfaces/statistics.js";
import type { Stores } from "../src/interfaces/stores.js";
import { dimensions } from "../src/statistics/cell-place.js";
import { median, type Report } from "./figures.js";
import { createBody, createEntry, type Requests, serveRequest, serveRequests } from "./workload.js";

const dayMs = 86_400_000;
const repetitions = 7;

/** So many requests in the year before, for everything below. */
export function yearOfRequests(records: number, nowMs: number): Requests {
  const startMs = Math.floor(nowMs / dayMs) * dayMs - 365 * dayMs;
  return { from: 0, to: records, startMs, spacingMs: Math.floor((365 * dayMs) / records), body: createBody(400) };
}

export async function fillYear(stores: Stores, requests: Requests): Promise<void> {
  await serveRequests(stores, requests, 200);
  // What a year of days would have thinned out.
  await stores.ledger.expire(requests.startMs);
}

/** Which figures a report gives: an earlier build may not know of all dimensions. */
const reports: readonly (readonly [string, Pick<StatisticsQuery, "groupBy"> & Partial<StatisticsQuery>])[] = [
  ["a year by model", { groupBy: "model" }],
  ["a year by day", { groupBy: "day" }],
  ["a year by hour", { groupBy: "hour" }],
  ["a year by hour, with output rates", { groupBy: "hour", withOutputRates: true }],
  ["a year by key and model", { groupBy: "key", splitBy: "model" }],
  ["a year by day and model", { groupBy: "day", splitBy: "model" }],
  ["a year by month and key", { groupBy: "month", splitBy: "key" }],
];

/** How long the common questions take, and how long the event loop stands still meanwhile. */
export async function measureReading(stores: Stores, requests: Requests, report: Report): Promise<void> {
  const { sessions, statistics, ledger } = stores;
  const fromMs = requests.startMs;
  const toMs = fromMs + 365 * dayMs;
  const oldDay = { fromMs: fromMs + 30 * dayMs, toMs: fromMs + 31 * dayMs };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const ask = async (what: string, question: () => Promise<unknown>) => {
    const took: number[] = [];
    const before = process.cpuUsage();
    delay.reset();
    delay.enable();
    for (let round = 0; round < repetitions; round += 1) {
      const startedMs = performance.now();
      await question();
      took.push(performance.now() - startedMs);
      await setImmediate();
    }
    delay.disable();
    report(`${what}, the first time`, took[0] ?? Number.NaN, "ms");
    report(what, median(took), "ms");
    const { user, system } = process.cpuUsage(before);
    report(`${what}: CPU`, (user + system) / repetitions / 1000, "ms");
    report(`${what}: loop delay, longest`, delay.max / 1e6, "ms");
  };
  await ask("first page of sessions", () => sessions.list({ limit: 50 }));
  await ask("first page of one key and model", () => sessions.list({ limit: 50, key: "key_3", model: "model-3" }));
  await ask("an old day", () => sessions.list({ limit: 50, ...oldDay }));
  await ask("nothing passes", () => sessions.list({ limit: 50, key: "key_nobody" }));
  await ask("a page of a search that finds nothing", () => sessions.list({ limit: 50, text: "nowhere" }));
  await ask("a record by its id", () => ledger.findRecord(createEntry(100, requests).record.id));
  for (const [what, query] of reports) {
    if (await knows(statistics, query)) await ask(what, () => statistics.report({ fromMs, toMs, ...query }));
  }
  // An earlier build may not count.
  if ("count" in statistics) {
    await ask("a week's requests by every filter", () =>
      statistics.count({ fromMs: toMs - 7 * dayMs, toMs, dimensions: [...dimensions] }),
    );
  }
}

async function knows(statistics: Statistics, query: Pick<StatisticsQuery, "groupBy">): Promise<boolean> {
  try {
    const { rows } = await statistics.report({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, ...query });
    return !("splitBy" in query) || rows.some((row) => "split" in row);
  } catch {
    return false;
  }
}

/** Lets go of the thirty oldest days while requests come. */
export async function measureExpiry(stores: Stores, requests: Requests, report: Report): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let isOver = false;
  const took: number[] = [];
  const serve = async () => {
    for (let number = 2 * requests.to; !isOver; number += 1) {
      const sentMs = performance.now();
      await serveRequest(stores, createEntry(number, requests));
      took.push(performance.now() - sentMs);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  delay.enable();
  const serving = serve();
  const before = process.cpuUsage();
  const startedMs = performance.now();
  await stores.ledger.expire(requests.startMs + 30 * dayMs);
  report("30 days removed", performance.now() - startedMs, "ms");
  const { user, system } = process.cpuUsage(before);
  report("30 days removed: CPU", (user + system) / 1000, "ms");
  isOver = true;
  await serving;
  delay.disable();
  report("30 days removed: loop delay, longest", delay.max / 1e6, "ms");
  report("30 days removed: append, longest", Math.max(...took), "ms");
}
