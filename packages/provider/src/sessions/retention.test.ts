import { dayMs } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import type { Ledger } from "@copilot-llm/stores";
import { expect, it, onTestFinished, vi } from "vitest";
import { silentLog } from "../testing/open-bench.js";
import { Retention } from "./retention.js";

function openRetention(expire: Ledger["expire"]) {
  const clock = createManualClock();
  const settings = { days: 90 };
  const randomness = { next: () => 0.5, bytes: () => new Uint8Array() };
  const retention = new Retention({ ledger: { expire }, days: () => settings.days, clock, randomness, log: silentLog });
  onTestFinished(() => retention.close());
  return { clock, settings, retention };
}

it("removes old recordings at the start, and again about every hour with the setting as it stands then", async () => {
  const expired: number[] = [];
  const { clock, settings, retention } = openRetention(async (beforeMs) => void expired.push(beforeMs));
  const startMs = clock.nowMs();
  retention.start();
  await vi.waitUntil(() => expired.length === 1);
  settings.days = 7;
  clock.advance(3_600_000);
  expect(expired).toEqual([startMs - 90 * dayMs]);
  clock.advance(300_000);
  await vi.waitUntil(() => expired.length === 2);
  expect(expired[1]).toBe(startMs + 3_900_000 - 7 * dayMs);
});

it("tries again an hour after it failed", async () => {
  const expire = vi.fn(() => Promise.reject(new Error("the disk is gone")));
  const { clock, retention } = openRetention(expire);
  retention.start();
  await expect.poll(() => expire.mock.calls.length).toBe(1);
  await expect
    .poll(() => {
      clock.advance(3_900_000);
      return expire.mock.calls.length;
    })
    .toBeGreaterThan(1);
});

it("gives up what is under way when it is closed, waits until it has ended, and begins nothing more", async () => {
  let finish = () => {};
  const expire = vi.fn((_: number, _signal?: AbortSignal) => new Promise<void>((resolve) => (finish = resolve)));
  const { clock, retention } = openRetention(expire);
  retention.start();
  let isClosed = false;
  const closing = retention.close().then(() => {
    isClosed = true;
  });
  await Promise.resolve();
  expect([isClosed, expire.mock.calls[0]?.[1]?.aborted]).toEqual([false, true]);
  finish();
  await closing;
  clock.advance(10 * 3_900_000);
  expect(expire).toHaveBeenCalledTimes(1);
});
