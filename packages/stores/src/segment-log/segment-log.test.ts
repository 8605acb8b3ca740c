import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecordingLog, type RecordingLog } from "../../test-support/recording-log.js";
import { mountSmallFileSystem } from "../../test-support/small-file-system.js";
import { createTemporaryDirectory } from "../../test-support/temporary-directory.js";
import { createManualClock } from "../contract/index.js";
import { encodeFrame } from "./frame.js";
import { segmentHeaderBytes } from "./segment-header.js";
import { SegmentLog, type SegmentLogOptions } from "./segment-log.js";
import { segmentPath } from "./segment-name.js";

interface Opened {
  readonly log: SegmentLog<number>;
  readonly values: number[];
  readonly lines: RecordingLog["lines"];
}

const clock = createManualClock(0);

async function openLog(directory: string, options: Partial<SegmentLogOptions<number>> = {}): Promise<Opened> {
  const values: number[] = [];
  const recording = createRecordingLog();
  const log = await SegmentLog.open<number>({
    directory,
    clock,
    log: recording,
    fsync: "interval",
    whenWriteFails: "fail",
    segmentBytes: 1 << 20,
    segmentEntries: 1000,
    maxPendingBytes: 1 << 20,
    decode: Number,
    replayFrom: 1,
    onEntry: (value) => values.push(value),
    onSealed: () => undefined,
    ...options,
  });
  return { log, values, lines: recording.lines };
}

/** Everything a start finds. */
async function readLog(directory: string, options: Partial<SegmentLogOptions<number>> = {}): Promise<Opened> {
  const opened = await openLog(directory, options);
  await opened.log.close();
  return opened;
}

const body = Buffer.from("some bytes of a body");

async function writeLog(directory: string, entries: number, options: Partial<SegmentLogOptions<number>> = {}) {
  const { log } = await openLog(directory, options);
  for (let value = 0; value < entries; value += 1) await log.append(value, { request: body, response: body });
  await log.close();
}

function numbers(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

describe("a log of segments", () => {
  it("gives back every entry in order, over many segments and starts", async () => {
    const directory = await createTemporaryDirectory();
    await writeLog(directory, 10, { segmentEntries: 3 });
    const opened = await openLog(directory, { segmentEntries: 3 });
    await Promise.all(numbers(5).map((value) => opened.log.append(10 + value, null)));
    await opened.log.close();
    expect(opened.values).toEqual(numbers(15));
    expect((await readLog(directory, { segmentEntries: 3 })).values).toEqual(numbers(15));
  });

  it("keeps every whole entry of a segment that ends anywhere, and goes on behind it", async () => {
    const directory = await createTemporaryDirectory();
    await writeLog(directory, 6);
    const path = segmentPath(directory, 1);
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
        await writeFile(path, whole);
        await truncate(path, length);
        const opened = await openLog(directory);
        const kept = opened.values.length;
        expect(opened.values).toEqual(numbers(kept));
        if (length === whole.length) expect(kept).toBe(6);
        await opened.log.append(99, null);
        await opened.log.close();
        const again = await readLog(directory);
        expect(again.values).toEqual([...numbers(kept), 99]);
        expect(again.lines).toEqual([]);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("loses at most the one entry that holds a flipped byte, and says so", async () => {
    const whole = await createTemporaryDirectory().then(async (directory) => {
      await writeLog(directory, 6);
      return readFile(segmentPath(directory, 1));
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 32, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const directory = await createTemporaryDirectory();
          const damaged = Buffer.from(whole);
          damaged[at] = (damaged[at] ?? 0) ^ mask;
          await writeFile(segmentPath(directory, 1), damaged);
          const opened = await openLog(directory);
          expect(opened.values.length).toBeGreaterThanOrEqual(5);
          expect(numbers(6).filter((value) => opened.values.includes(value))).toEqual(opened.values);
          expect(opened.lines).toEqual([expect.stringContaining("damaged")]);
          await opened.log.append(99, null);
          await opened.log.close();
          expect((await readLog(directory)).values).toEqual(opened.values);
          expect(opened.values.at(-1)).toBe(99);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("does not take a frame within a body for an entry, even after damage", async () => {
    const directory = await createTemporaryDirectory();
    const { log } = await openLog(directory);
    const forged = Buffer.concat(encodeFrame("666", null, 0));
    await log.append(1, { request: forged, response: forged });
    await log.append(2, null);
    await log.close();
    const bytes = await readFile(segmentPath(directory, 1));
    bytes[33] = (bytes[33] ?? 0) ^ 1;
    await writeFile(segmentPath(directory, 1), bytes);
    expect((await readLog(directory)).values).toEqual([2]);
  });

  it("refuses a log of which it knows no segment's form", async () => {
    const directory = await createTemporaryDirectory();
    await writeFile(segmentPath(directory, 1), "x".repeat(100));
    await expect(openLog(directory)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("reads entries by position with their bodies, and without them when they are damaged", async () => {
    const directory = await createTemporaryDirectory();
    const positions: { segment: number; offset: number }[] = [];
    const { log, lines } = await openLog(directory, { onEntry: (_, position) => positions.push(position) });
    await log.append(7, { request: Buffer.alloc(0), response: body });
    const position = positions[0] ?? { segment: 0, offset: 0 };
    expect(await log.reader.read(position)).toEqual({ value: 7, bodies: { request: Buffer.alloc(0), response: body } });
    const path = segmentPath(directory, position.segment);
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = 0;
    await writeFile(path, bytes);
    expect(await log.reader.read(position)).toEqual({ value: 7, bodies: null });
    expect(lines).toEqual([expect.stringContaining("bodies of a record are damaged")]);
    expect(await log.reader.read({ segment: 99, offset: 32 })).toBeNull();
    await log.close();
  });

  it("begins the segment anew that the owner has not counted, and none before it, when the last one is gone", async () => {
    const directory = await createTemporaryDirectory();
    await writeLog(directory, 5, { segmentEntries: 2 });
    await rm(segmentPath(directory, 3));
    const opened = await openLog(directory, { replayFrom: 3 });
    expect(opened.lines).toEqual(["warn: The segment that was being written is gone; a new one is begun."]);
    await opened.log.append(9, null);
    await opened.log.close();
    expect((await readLog(directory, { replayFrom: 3 })).values).toEqual([9]);
  });

  it("says once of a segment that entries of it cannot be read", async () => {
    const directory = await createTemporaryDirectory();
    await writeLog(directory, 3);
    const opened = await openLog(directory);
    const bytes = await readFile(segmentPath(directory, 1));
    await writeFile(segmentPath(directory, 1), bytes.fill(0xff, segmentHeaderBytes));
    for (const _ of numbers(2)) {
      expect(await opened.log.reader.readValue({ segment: 1, offset: segmentHeaderBytes })).toBeNull();
    }
    expect(opened.lines).toEqual(["error: A segment is damaged: an entry, or more, cannot be read."]);
    await opened.log.close();
  });
});

describe("a log on a full disk", async () => {
  const diskBytes = 256 << 10;
  const largeBody = { request: Buffer.alloc(50 << 10), response: body };

  async function fill(opened: Opened): Promise<number> {
    for (let value = 0; value < 10; value += 1) {
      const error = await opened.log.append(value, largeBody).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error !== null) {
        expect(error).toMatchObject({ code: "unavailable" });
        return value;
      }
    }
    throw new Error("the disk did not fill up");
  }

  it("refuses appends, says why, and goes on undamaged when there is room", async ({ skip }) => {
    const disk = await mountSmallFileSystem(diskBytes);
    if (disk === null) return skip("no file system can be mounted here");
    const ballast = `${disk.path}/ballast`;
    await writeFile(ballast, Buffer.alloc(100 << 10));
    const opened = await openLog(`${disk.path}/log`);
    const written = await fill(opened);
    expect(opened.log.health).toEqual({ ok: false, reason: "Records cannot be written: the disk is full." });
    await truncate(ballast, 0);
    clock.advance(1000);
    await expect.poll(() => opened.log.health).toEqual({ ok: true });
    await opened.log.append(99, largeBody);
    await opened.log.close();
    const again = await readLog(`${disk.path}/log`);
    expect(again.values).toEqual([...numbers(written), 99]);
    expect(again.lines).toEqual([]);
  });

  it("holds appends back until there is room, when told to wait", async ({ skip }) => {
    const disk = await mountSmallFileSystem(diskBytes);
    if (disk === null) return skip("no file system can be mounted here");
    const ballast = `${disk.path}/ballast`;
    await writeFile(ballast, Buffer.alloc(150 << 10));
    const opened = await openLog(`${disk.path}/log`, { whenWriteFails: "wait" });
    const appends = Promise.all(numbers(4).map((value) => opened.log.append(value, largeBody)));
    await expect.poll(() => opened.log.health.ok).toBe(false);
    await truncate(ballast, 0);
    clock.advance(1000);
    await appends;
    expect(opened.log.health).toEqual({ ok: true });
    await opened.log.close();
    expect(opened.values).toEqual(numbers(4));
  });

  it("lets nobody wait for room for more than ten seconds, and writes all the same when there is some", async ({
    skip,
  }) => {
    const disk = await mountSmallFileSystem(diskBytes);
    if (disk === null) return skip("no file system can be mounted here");
    const ballast = `${disk.path}/ballast`;
    await writeFile(ballast, Buffer.alloc(240 << 10));
    const opened = await openLog(`${disk.path}/log`, { whenWriteFails: "wait" });
    const refused = expect(opened.log.append(1, largeBody)).rejects.toMatchObject({ code: "unavailable" });
    await expect.poll(() => opened.log.health.ok).toBe(false);
    clock.advance(10_000);
    await refused;
    await truncate(ballast, 0);
    await expect
      .poll(() => {
        clock.advance(500);
        return opened.values;
      })
      .toEqual([1]);
    await opened.log.close();
  });

  it("gives up what waits when it is closed", async ({ skip }) => {
    const disk = await mountSmallFileSystem(diskBytes);
    if (disk === null) return skip("no file system can be mounted here");
    const opened = await openLog(`${disk.path}/log`, { whenWriteFails: "wait" });
    const append = opened.log.append(1, { request: Buffer.alloc(2 * diskBytes), response: body });
    await expect.poll(() => opened.log.health.ok).toBe(false);
    const refused = expect(append).rejects.toMatchObject({ code: "unavailable" });
    await opened.log.close();
    await refused;
    await expect(opened.log.append(2, null)).rejects.toMatchObject({ code: "unavailable" });
  });
});
