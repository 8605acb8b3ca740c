import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it } from "vitest";
import { createProgress, encodeBytes } from "./progress.js";

describe("progress", () => {
  it("is one line that is drawn over, at most ten times a second, and goes in the end", () => {
    const clock = createManualClock();
    const drawn: string[] = [];
    const progress = createProgress(
      { isTerminal: true, clock, report: (text) => drawn.push(text) },
      "Doing",
      encodeBytes,
    );
    progress.show(0, 2048);
    progress.show(512, 2048);
    clock.advance(100);
    progress.show(1024, 2048);
    progress.show(2048, 2048);
    progress.end();
    expect(drawn).toEqual([
      "\r\u001b[KDoing [........................] 0 % 0 B",
      "\r\u001b[KDoing [############............] 50 % 1.0 KiB",
      "\r\u001b[KDoing [########################] 100 % 2.0 KiB",
      "\r\u001b[K",
    ]);
  });

  it("says nothing where no person looks", () => {
    const drawn: string[] = [];
    const surroundings = { isTerminal: false, clock: createManualClock(), report: (text: string) => drawn.push(text) };
    const progress = createProgress(surroundings, "Doing", String);
    progress.show(1, null);
    progress.end();
    expect(drawn).toEqual([]);
  });

  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [1_572_864, "1.5 MiB"],
    [5 * 1024 ** 4, "5120.0 GiB"],
  ])("tells %i bytes as %s", (bytes, text) => {
    expect(encodeBytes(bytes)).toBe(text);
  });
});
