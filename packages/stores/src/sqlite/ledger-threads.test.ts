import { GatewayError } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it } from "vitest";
import { createFakeThread } from "../../testing/fake-thread.js";
import { createRecordingLog } from "../../testing/recording-log.js";
import { LedgerThreads } from "./ledger-threads.js";
import type { ReaderCalls } from "./reader/serve-reader.js";
import type { WriterCalls } from "./writer/serve-writer.js";

/** Each reader answers with its number. */
function openThreads() {
  const written: string[] = [];
  const readers: ReturnType<typeof createFakeThread<ReaderCalls>>[] = [];
  const clock = createManualClock();
  const log = createRecordingLog();
  const threads = new LedgerThreads({
    writer: createFakeThread<WriterCalls>((verb) => {
      written.push(verb);
      return 0;
    }),
    startReader() {
      const number = readers.length;
      const reader = createFakeThread<ReaderCalls>(() => number);
      readers.push(reader);
      return reader;
    },
    clock,
    log,
  });
  return { threads, readers, written, clock, log };
}

describe("the thread that reads", () => {
  it("is started again when it has ended by itself", async () => {
    const { threads, readers } = openThreads();
    expect(await threads.read("lastPosition", null)).toBe(0);
    readers[0]?.end();
    expect(await threads.read("lastPosition", null)).toBe(1);
    expect(await threads.read("lastPosition", null)).toBe(1);
    expect(readers.length).toBe(2);
    await threads.close();
  });
});

describe("threads that are abandoned", () => {
  it("are asked for nothing more, neither by the clock nor when they are closed", async () => {
    const { threads, readers, written, clock, log } = openThreads();
    await threads.read("lastPosition", null);
    threads.scheduleFlush(1);
    threads.abandon(new GatewayError("unavailable", "It is another's."));
    threads.scheduleFlush(1);
    clock.advance(60_000);
    await expect(threads.read("lastPosition", null)).rejects.toThrow("It is another's.");
    await threads.close();
    expect([written, readers.length, log.lines]).toEqual([[], 1, []]);
  });
});
