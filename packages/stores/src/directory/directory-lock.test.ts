import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { lockDirectory } from "./directory-lock.js";

const otherHolder = JSON.stringify({ pid: 1, startedAt: "1", place: "another container" });

/** A lock whose holder's time passes with `pass` alone, with or without heartbeats. */
async function openLock() {
  const directory = await createTemporaryDirectory();
  const manual = createManualClock();
  let frozenMs = 0;
  const clock: Clock = {
    nowMs: () => manual.nowMs() + frozenMs,
    monotonicMs: () => manual.monotonicMs() + frozenMs,
    schedule: (delayMs, callback) => manual.schedule(delayMs, callback),
  };
  const lock = await lockDirectory(directory, clock);
  onTestFinished(() => lock.release());
  // It has looked for the first time.
  await expect.poll(() => manual.waiting()).toBe(1);
  const lost: string[] = [];
  lock.onLost(({ message }) => lost.push(message));
  const ownPath = join(directory, "lock.1");
  return {
    directory,
    lock,
    lost,
    ownPath,
    /** As another that counts this process as dead. */
    async takeOver() {
      await writeFile(join(directory, "lock.2"), otherHolder);
      await rm(ownPath);
    },
    async beat() {
      manual.advance(1000);
      // The next one is due when this one has looked.
      await expect.poll(() => manual.waiting() + lost.length).toBe(1);
    },
    freeze() {
      frozenMs += 6000;
    },
  };
}

describe("a lock that another process took over", () => {
  it("is noticed with the next heartbeat, told once, and refuses every write from then on", async () => {
    const { directory, lock, lost, takeOver, beat } = await openLock();
    await lock.requireHeld();
    await takeOver();
    await beat();
    expect(lost).toEqual([expect.stringContaining(`${directory} is another gateway's now`)]);
    for (let tries = 0; tries < 2; tries += 1) {
      await expect(lock.requireHeld()).rejects.toMatchObject({ code: "unavailable", message: lost[0] });
    }
    await lock.release();
    expect(await readdir(directory)).toEqual(["lock.2"]);
    expect(lost.length).toBe(1);
  });

  it("is noticed before the first write of a process that stood still, without a heartbeat", async () => {
    const { lock, lost, takeOver, freeze } = await openLock();
    await takeOver();
    freeze();
    await expect(lock.requireHeld()).rejects.toMatchObject({ code: "unavailable" });
    expect(lost.length).toBe(1);
  });

  it("is noticed when another has come and gone, and a third has the same number now", async () => {
    const { lock, ownPath, freeze } = await openLock();
    await writeFile(ownPath, otherHolder);
    freeze();
    await expect(lock.requireHeld()).rejects.toMatchObject({ code: "unavailable" });
    await lock.release();
    expect(await readFile(ownPath, "utf8")).toBe(otherHolder);
  });

  it("is not what one leaves that starts and gives way; but what stays there has it", async () => {
    const { directory, lock, lost, beat } = await openLock();
    const path = join(directory, "lock.2");
    await writeFile(path, otherHolder);
    await beat();
    await rm(path);
    await beat();
    await lock.requireHeld();
    expect(lost).toEqual([]);
    await writeFile(path, otherHolder);
    await beat();
    await beat();
    expect(lost.length).toBe(1);
  });
});

describe("a lock that cannot be looked at", () => {
  it("refuses writes once others may count its holder as dead, until it can", async () => {
    const { directory, lock, lost, freeze } = await openLock();
    const unreadable = join(directory, "lock.7");
    await mkdir(unreadable);
    await lock.requireHeld();
    freeze();
    await expect(lock.requireHeld()).rejects.toMatchObject({ code: "unavailable" });
    await rmdir(unreadable);
    await lock.requireHeld();
    expect(lost).toEqual([]);
  });
});
