import type { Log } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, it } from "vitest";
import { createStop } from "./create-stop.js";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

function setUp(parts: readonly (() => Promise<void>)[]) {
  const clock = createManualClock();
  const done: string[] = [];
  const stop = createStop({
    idle: () => new Promise(() => {}),
    parts: parts.map((close, index) => ({
      close: () => {
        done.push(`part ${index}`);
        return close();
      },
    })),
    closeLimitMs: 5_000,
    pause: (durationMs) => new Promise((resolve) => clock.schedule(durationMs, resolve)),
    exit: () => done.push("exit"),
    log,
  });
  return { clock, done, stop };
}

const closes = () => Promise.resolve();
const hangs = () => new Promise<void>(() => {});

it("ends the process though parts of it fail to close, each of which is tried", async () => {
  const { done, stop } = setUp([() => Promise.reject(new Error("broken")), () => Promise.reject(new Error("busy"))]);
  await stop(0);
  expect(done).toEqual(["part 0", "part 1", "exit"]);
});

it("ends the process after a while when a part hangs", async () => {
  const { clock, done, stop } = setUp([hangs, closes]);
  const stopped = stop(0);
  await Promise.resolve();
  clock.advance(5_000);
  await stopped;
  expect(done).toEqual(["part 0", "exit"]);
});

it("waits for what is under way as long as it is told, and stops once", async () => {
  const { clock, done, stop } = setUp([closes]);
  const late = stop(3_000);
  expect(done).toEqual([]);
  await stop(0);
  clock.advance(3_000);
  await late;
  expect(done).toEqual(["part 0", "exit"]);
});
