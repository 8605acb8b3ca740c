import { getEventListeners } from "node:events";
import { createManualClock } from "@copilot-llm/model/testing";
import type { CopilotClient } from "@github/copilot-sdk";
import { expect, it, onTestFinished, vi } from "vitest";
import { createRecordingLog } from "../../testing/recording-log.js";
import { createRuntime } from "./runtime.js";

/** Lets promises come as far as they can without the clock moving. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(start: () => Promise<void>) {
  const clock = createManualClock();
  const state = { starts: 0 };
  const client = {
    start: () => {
      state.starts += 1;
      return start();
    },
    forceStop: () => Promise.resolve(),
    stop: () => Promise.resolve([]),
    ping: () => Promise.resolve(),
  } as unknown as CopilotClient;
  const runtime = createRuntime({
    name: "test",
    createClient: () => Promise.resolve(client),
    onLost: () => undefined,
    cleanUp: () => Promise.resolve(),
    callLimitMs: 30_000,
    clock,
    log: createRecordingLog(),
  });
  return { runtime, clock, state };
}

it("starts at once for the first call and its first repetition, then waits longer and longer", async () => {
  const { runtime, clock, state } = setUp(() => Promise.reject(new Error("broken")));
  const attempt = () => runtime.use(() => Promise.resolve()).catch((error: Error) => error.message);
  expect(await attempt()).toBe("broken");
  expect(await attempt()).toBe("broken");
  expect(state.starts).toBe(2);
  for (const delayMs of [500, 1000, 2000]) {
    const before = state.starts;
    const attempts = [attempt(), attempt()];
    await settle();
    clock.advance(delayMs - 1);
    await settle();
    expect(state.starts).toBe(before);
    clock.advance(1);
    expect(await Promise.all(attempts)).toEqual(["broken", "broken"]);
    expect(state.starts).toBe(before + 1);
  }
});

it("leaves nothing behind of the waits that are over", async () => {
  const listened = vi.spyOn(AbortSignal.prototype, "addEventListener");
  onTestFinished(() => listened.mockRestore());
  const { runtime, clock } = setUp(() => Promise.reject(new Error("broken")));
  const attempt = () => runtime.use(() => Promise.resolve()).catch(() => undefined);
  for (let tries = 0; tries < 5; tries += 1) {
    const attempted = attempt();
    await settle();
    clock.advance(30_000);
    await attempted;
  }
  expect(listened.mock.contexts.flatMap((signal) => getEventListeners(signal as AbortSignal, "abort"))).toEqual([]);
});

it("does not wait any more when it is stopped", async () => {
  const { runtime } = setUp(() => Promise.reject(new Error("broken")));
  const attempt = () => runtime.use(() => Promise.resolve()).catch((error: Error) => error.name);
  await attempt();
  await attempt();
  const waiting = attempt();
  await settle();
  await runtime.stop("at-once");
  expect(await waiting).toBe("RuntimeLostError");
  expect(await attempt()).toBe("RuntimeLostError");
});

it("shares one start among calls and leaves an operation's own error as it is", async () => {
  const { runtime, state } = setUp(() => Promise.resolve());
  const calls = [1, 2, 3].map((value) => runtime.use(() => Promise.resolve(value)));
  expect(await Promise.all(calls)).toEqual([1, 2, 3]);
  await expect(runtime.use(() => Promise.reject(new TypeError("own")))).rejects.toThrow("own");
  expect(state.starts).toBe(1);
});

it("ends after the calls under way when told so", async () => {
  const { runtime } = setUp(() => Promise.resolve());
  let finish: (value: string) => void = () => undefined;
  const call = runtime.use(() => new Promise<string>((resolve) => (finish = resolve)));
  await settle();
  const stopped = runtime.stop("after-calls");
  finish("done");
  expect(await call).toBe("done");
  await stopped;
});
