import { setImmediate } from "node:timers/promises";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { createRecordingLog } from "../../testing/recording-log.js";
import { sampleEntry } from "../contract/samples.js";
import type { LedgerEntry } from "../interfaces/ledger.js";
import { RecordQueue } from "./record-queue.js";

/** A queue, and how many entries each of its batches had. */
function openQueue() {
  const batches: number[] = [];
  const queue = new RecordQueue({
    target: {
      async write(entries) {
        batches.push(entries.length);
        return [];
      },
      sync: async () => undefined,
      probe: async () => undefined,
    },
    clock: createManualClock(),
    log: createRecordingLog(),
    syncIntervalMs: null,
    whenWriteFails: "fail",
    maxPendingBytes: 1 << 30,
    onSettled: () => undefined,
  });
  onTestFinished(() => queue.close());
  const push = (...entries: readonly LedgerEntry[]) => Promise.all(entries.map((entry) => queue.push(entry)));
  return { batches, push };
}

describe("a batch", () => {
  it("goes at once when it has as many entries as the last", async () => {
    const { batches, push } = openQueue();
    await push(sampleEntry(1), sampleEntry(2));
    const pushed = push(sampleEntry(3), sampleEntry(4));
    await setImmediate();
    await setImmediate();
    expect(batches).toEqual([2, 2]);
    await pushed;
  });

  it("has no more bytes than a processor's cache holds, but for a single entry that is larger", async () => {
    const { batches, push } = openQueue();
    const withBytes = (sequence: number, bytes: number): LedgerEntry => ({
      ...sampleEntry(sequence),
      bodies: { request: Buffer.alloc(bytes), response: Buffer.alloc(0) },
    });
    const [kilobyte, megabyte] = [1 << 10, 1 << 20];
    await push(withBytes(1, 5 * megabyte), ...[2, 3, 4].map((sequence) => withBytes(sequence, 900 * kilobyte)));
    expect(batches).toEqual([1, 2, 1]);
  });
});
