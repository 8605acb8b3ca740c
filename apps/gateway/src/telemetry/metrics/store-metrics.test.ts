import type { Ledger } from "@copilot-llm/stores";
import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { createStoreMetrics } from "./store-metrics.js";

test("what is measured does all that the ledger does, with all that it is given", async () => {
  const calls: unknown[][] = [];
  const names = [
    "reserve",
    "release",
    "append",
    "usageByKey",
    "resetKeyUsage",
    "totalsByToken",
    "findRecord",
    "expire",
  ];
  const ledger = Object.fromEntries(
    names.map((name) => [name, async (...parameters: unknown[]) => void calls.push([name, ...parameters])]),
  ) as unknown as Ledger;
  const { watchLedger } = createStoreMetrics(new Registry(), { monotonicMs: () => 0 });
  const watched = watchLedger(ledger) as unknown as Record<string, (...parameters: unknown[]) => Promise<void>>;
  expect(Object.keys(watched).sort()).toEqual([...names].sort());
  // A stop aborts what expires, which `expire` hears by its signal.
  const given = { append: ["entry"], expire: [1, "signal"], resetKeyUsage: ["key", 1, "audited"] };
  for (const [name, parameters] of Object.entries(given)) await watched[name]?.(...parameters);
  expect(calls).toEqual(Object.entries(given).map(([name, parameters]) => [name, ...parameters]));
});

test("the store lags by what waits longest for being kept", async () => {
  let nowMs = 1_000;
  const waiting: (() => void)[] = [];
  const append = () => new Promise<void>((resolve) => waiting.push(resolve));
  const { watchLedger, lagMs } = createStoreMetrics(new Registry(), { monotonicMs: () => nowMs });
  const watched = watchLedger({ append } as unknown as Ledger);
  expect(lagMs()).toBe(0);
  const [first, second] = [watched.append({} as never), watched.append({} as never)];
  nowMs += 250;
  expect(lagMs()).toBe(250);
  waiting[0]?.();
  await first;
  waiting[1]?.();
  await second;
  expect(lagMs()).toBe(0);
});
