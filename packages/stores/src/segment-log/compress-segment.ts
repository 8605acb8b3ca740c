import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { syncDirectory } from "../directory/durable-file.js";
import { systemErrorCode } from "../failure/store-failure.js";
import { deflateBodies } from "./deflated-bodies.js";
import { bodiesChecksum, encodeMovedFrame, type FrameBodies, frameHeaderBytes, maxMovedOffset } from "./frame.js";
import { encodeOffsetTable } from "./offset-table.js";
import { readRange } from "./read-range.js";
import { type ScannedFrame, scanSegment } from "./scan-segment.js";
import { encodeSegmentHeader } from "./segment-header.js";
import { compressedSegmentPath, segmentPath } from "./segment-name.js";

export interface CompressOptions {
  readonly directory: string;
  readonly segment: number;
  readonly salt: number;
  /** Asked between entries: true gives up and leaves everything as it was. */
  readonly isCancelled: () => boolean;
}

/**
 * Replaces a sealed segment by one with deflated bodies, in which each entry is still found by its old offset. A
 * segment with damage in it is left alone. At any moment one of the two files is whole.
 */
export async function compressSegment(options: CompressOptions): Promise<void> {
  const { directory, segment, salt } = options;
  const path = segmentPath(directory, segment);
  const compressedPath = compressedSegmentPath(directory, segment);
  const temporaryPath = `${compressedPath}.tmp`;
  const source = await open(path, "r").catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  });
  if (source === null) return;
  try {
    const frames = await listFrames(source, salt);
    if (frames === null) return;
    const target = await open(temporaryPath, "w", 0o600);
    try {
      if (!(await copyFrames(source, frames, target, options))) return;
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(temporaryPath, compressedPath);
    await syncDirectory(directory);
    await rm(path);
  } finally {
    await source.close();
    await rm(temporaryPath, { force: true });
  }
}

/** Null when anything in the segment is not as it was written. */
async function listFrames(source: FileHandle, salt: number): Promise<readonly ScannedFrame[] | null> {
  const frames: ScannedFrame[] = [];
  const scan = await scanSegment({ file: source, salt, verifyBodies: false, onFrame: (frame) => frames.push(frame) });
  const isWhole = scan.damage.length === 0 && !scan.torn && scan.endOffset < maxMovedOffset;
  return isWhole ? frames : null;
}

/** False when there was damage or the work was called off. */
async function copyFrames(
  source: FileHandle,
  frames: readonly ScannedFrame[],
  target: FileHandle,
  { salt, isCancelled }: CompressOptions,
): Promise<boolean> {
  const pairs = new Uint32Array(frames.length * 2);
  let fileOffset = await append(target, [encodeSegmentHeader(salt)]);
  for (const [index, { offset, header, json }] of frames.entries()) {
    if (isCancelled()) return false;
    pairs[2 * index] = offset;
    pairs[2 * index + 1] = fileOffset;
    let bodies: FrameBodies | null = null;
    if (header.hasBodies) {
      const { jsonBytes, requestBytes, responseBytes } = header;
      const stored = await readRange(source, offset + frameHeaderBytes + jsonBytes, requestBytes + responseBytes);
      const [request, response] = [stored.subarray(0, requestBytes), stored.subarray(requestBytes)];
      if (bodiesChecksum(request, response, salt) !== header.bodiesCrc) return false;
      bodies = await deflateBodies({ request, response });
    }
    fileOffset += await append(target, encodeMovedFrame(json, bodies, offset, salt));
  }
  await append(target, encodeOffsetTable(pairs, fileOffset, salt));
  return true;
}

async function append(target: FileHandle, buffers: readonly Uint8Array[]): Promise<number> {
  const { bytesWritten } = await target.writev(buffers);
  const bytes = buffers.reduce((total, buffer) => total + buffer.length, 0);
  if (bytesWritten !== bytes) throw new Error("A compressed segment was written in part only.");
  return bytes;
}
