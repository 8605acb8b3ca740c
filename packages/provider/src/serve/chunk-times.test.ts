import { createManualClock } from "@copilot-llm/model/testing";
import { expect, test } from "vitest";
import { ChunkTimes, splitChunkTimes } from "./chunk-times.js";

const body = Buffer.from("data: one\n\ndata: two\n\ndata: [DONE]\n\n");

test("tells of each chunk where it ends and when it went out, and leaves the body as it was", () => {
  const clock = createManualClock();
  const startedAtMs = clock.nowMs();
  const times = new ChunkTimes(clock);
  clock.advance(300);
  times.push(6, clock.monotonicMs());
  times.push(5, clock.monotonicMs());
  clock.advance(4_000);
  times.push(11, clock.monotonicMs());
  clock.advance(1);
  const recorded = Buffer.concat([body, times.encode(body.length, clock.monotonicMs())]);
  const { body: split, chunks } = splitChunkTimes(recorded);
  expect(Buffer.from(split).equals(body)).toBe(true);
  expect(chunks).toEqual([
    { endByte: 11, atMs: startedAtMs + 300 },
    { endByte: 22, atMs: startedAtMs + 4_300 },
    { endByte: body.length, atMs: startedAtMs + 4_301 },
  ]);
});

test.each([
  ["without times", body],
  ["empty", Buffer.alloc(0)],
  ["that ends like one with times", Buffer.from("data: x\n:copilot-llm-chunks 1 2+3\n")],
  ["that holds nonsense", Buffer.from("data: x\n:copilot-llm-chunks ???\n")],
])("a body %s stays whole", (_name, recorded) => {
  expect(splitChunkTimes(recorded)).toEqual({ body: recorded, chunks: null });
});

test("a body that was never written, or is cut within a line, has its end behind it all the same", () => {
  const clock = createManualClock();
  for (const text of ["", 'data: {"cut']) {
    const cut = Buffer.from(text);
    const times = new ChunkTimes(clock);
    const recorded = Buffer.concat([cut, times.encode(cut.length, clock.monotonicMs())]);
    expect(Buffer.from(splitChunkTimes(recorded).body).toString()).toBe(text);
  }
});
