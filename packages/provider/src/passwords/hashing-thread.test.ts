import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, onTestFinished, test } from "vitest";
import { deriveKey, type KeyWork } from "./derive-key.js";
import { HashingThread } from "./hashing-thread.js";

const salt = randomBytes(16);
const work = (password: string, cost = 1024): KeyWork => ({
  ...{ password, salt, cost, blockSize: 8, parallelization: 1, length: 32 },
});

function openThread() {
  const clock = createManualClock();
  const thread = new HashingThread(clock);
  onTestFinished(() => thread.close());
  return { clock, thread };
}

test("derives the same keys as Node's own threads, in the order they were asked for", async () => {
  const { thread } = openThread();
  const order: number[] = [];
  const keys = await Promise.all(
    ["a", "b", "c"].map(async (password, index) => {
      const key = await thread.derive(work(password));
      order.push(index);
      return key;
    }),
  );
  expect(order).toEqual([0, 1, 2]);
  expect(keys).toEqual(
    await Promise.all(["a", "b", "c"].map(async (each) => new Uint8Array(await deriveKey(work(each))))),
  );
});

test("leaves the threads that files are read on alone: a file is there before the second of many keys", async () => {
  const { thread } = openThread();
  await thread.derive(work("warm"));
  const done: string[] = [];
  const keys = Array.from({ length: 8 }, async (_, index) => {
    await thread.derive(work(`password ${index}`, 2 ** 15));
    done.push("key");
  });
  await readFile(import.meta.filename);
  done.push("file");
  await Promise.all(keys);
  expect(done.indexOf("file")).toBeLessThanOrEqual(2);
});

test("says that parameters are impossible, and works on", async () => {
  const { thread } = openThread();
  await expect(thread.derive(work("a", 1000))).rejects.toThrow();
  expect((await thread.derive(work("a"))).length).toBe(32);
});

test("ends after half a minute without work, and starts again", async () => {
  const { clock, thread } = openThread();
  const threads = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
  const before = threads();
  await thread.derive(work("a"));
  clock.advance(30_000);
  await expect.poll(threads).toBeLessThanOrEqual(before);
  expect((await thread.derive(work("a"))).length).toBe(32);
});

test("what waits is refused when it is closed", async () => {
  const { thread } = openThread();
  const waiting = thread.derive(work("a", 2 ** 17));
  const refused = expect(waiting).rejects.toThrow(/ended/);
  await thread.close();
  await refused;
});
