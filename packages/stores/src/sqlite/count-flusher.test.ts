import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it } from "vitest";
import { createFakeThread } from "../../testing/fake-thread.js";
import { CountFlusher } from "./count-flusher.js";
import type { WriterCalls } from "./writer/serve-writer.js";

describe("counts that are written down slowly", () => {
  it("wait for no timer once they are to end, also when that is said while a slice is written", async () => {
    const clock = createManualClock();
    let slices = 0;
    const flusher: CountFlusher = new CountFlusher(
      createFakeThread<WriterCalls>(() => {
        slices += 1;
        if (slices === 2) flusher.close();
        return true;
      }),
      clock,
    );
    const flushed = flusher.flushSlowly();
    await expect.poll(() => clock.waiting()).toBe(1);
    clock.step();
    await flushed;
    expect([slices, clock.waiting()]).toEqual([2, 0]);
  });

  it("end in a pause without its timer", async () => {
    const clock = createManualClock();
    const flusher = new CountFlusher(
      createFakeThread<WriterCalls>(() => true),
      clock,
    );
    const flushed = flusher.flushSlowly();
    await expect.poll(() => clock.waiting()).toBe(1);
    flusher.close();
    await flushed;
    expect(clock.waiting()).toBe(0);
  });
});
