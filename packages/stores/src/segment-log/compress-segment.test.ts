import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createRecordingLog } from "../../test-support/recording-log.js";
import { createTemporaryDirectory } from "../../test-support/temporary-directory.js";
import { createManualClock } from "../contract/index.js";
import type { LogPosition } from "./log-position.js";
import { SegmentLog } from "./segment-log.js";
import { compressedSegmentPath, segmentPath } from "./segment-name.js";

const clock = createManualClock(0);
const notCancelled = () => false;

async function openLog(directory: string) {
  const entries: { readonly value: number; readonly position: LogPosition }[] = [];
  const recording = createRecordingLog();
  const log = await SegmentLog.open<number>({
    directory,
    clock,
    log: recording,
    fsync: "interval",
    whenWriteFails: "fail",
    segmentBytes: 1 << 20,
    segmentEntries: 20,
    maxPendingBytes: 1 << 20,
    decode: Number,
    replayFrom: 1,
    onEntry: (value, position) => entries.push({ value, position }),
    onSealed: () => undefined,
  });
  return { log, entries, lines: recording.lines };
}

function bodiesOf(value: number) {
  if (value % 3 === 0) return null;
  return {
    request: Buffer.alloc(value % 3 === 1 ? 5000 : 0, `text ${value} `),
    response: Buffer.from(`answer ${value}`),
  };
}

/** A log of two segments, of which the first is full. */
async function createLog() {
  const directory = await createTemporaryDirectory();
  const opened = await openLog(directory);
  for (let value = 0; value < 25; value += 1) await opened.log.append(value, bodiesOf(value));
  return { directory, ...opened };
}

async function readAll({ log, entries }: Pick<Awaited<ReturnType<typeof openLog>>, "log" | "entries">) {
  return Promise.all(entries.map(({ position }) => log.reader.read(position)));
}

describe("a compressed segment", () => {
  it("gives back every entry under its old position, before and after a start, from less space", async () => {
    const opened = await createLog();
    const { directory, log, entries } = opened;
    const before = await readAll(opened);
    const { size } = await stat(segmentPath(directory, 1));
    await log.compress(1, notCancelled);
    expect((await stat(compressedSegmentPath(directory, 1))).size).toBeLessThan(size / 2);
    expect(await readdir(directory)).not.toContain("0000000001.log");
    expect(await readAll(opened)).toEqual(before);
    await log.close();
    const again = await openLog(directory);
    expect(again.entries).toEqual(entries);
    expect(await readAll(again)).toEqual(before);
    expect(again.lines).toEqual([]);
    await again.log.close();
  });

  it("is read without its table when that is damaged", async () => {
    const opened = await createLog();
    const { directory, log, entries } = opened;
    const before = await readAll(opened);
    await log.compress(1, notCancelled);
    await log.close();
    const path = compressedSegmentPath(directory, 1);
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = 0xff;
    await writeFile(path, bytes);
    const again = await openLog(directory);
    expect(again.entries).toEqual(entries);
    expect(await readAll(again)).toEqual(before);
    await again.log.close();
  });

  it("loses bodies that are erased for good", async () => {
    const opened = await createLog();
    const { directory, log, entries } = opened;
    await log.compress(1, notCancelled);
    const { size } = await stat(compressedSegmentPath(directory, 1));
    const position = entries[1]?.position ?? { segment: 0, offset: 0 };
    await log.eraseBodies(position);
    expect(await log.reader.read(position)).toEqual({ value: 1, bodies: null });
    expect((await stat(compressedSegmentPath(directory, 1))).size).toBe(size);
    await log.close();
    const again = await openLog(directory);
    expect(again.entries).toEqual(entries);
    expect(again.lines).toEqual([]);
    await again.log.close();
  });

  it("is not made of one with damage in it, nor when it is called off", async () => {
    const { directory, log } = await createLog();
    await log.compress(1, () => true);
    const path = segmentPath(directory, 1);
    const bytes = await readFile(path);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await log.compress(1, notCancelled);
    expect(await readFile(path)).toEqual(bytes);
    expect(await readdir(directory)).toEqual(["0000000001.log", "0000000002.log"]);
    await log.close();
  });

  it("goes away as a whole when it is dropped", async () => {
    const { directory, log, entries } = await createLog();
    await log.compress(1, notCancelled);
    await log.drop(1);
    expect(await readdir(directory)).toEqual(["0000000002.log"]);
    expect(await log.reader.read(entries[0]?.position ?? { segment: 0, offset: 0 })).toBeNull();
    await log.compress(1, notCancelled);
    await log.close();
  });
});
