import { readdir } from "node:fs/promises";
import { join } from "node:path";

const digits = 10;

/** Segments are numbered from 1 in the order in which they were written. */
export function segmentPath(directory: string, segment: number): string {
  return join(directory, `${String(segment).padStart(digits, "0")}.log`);
}

/** Where the segment is once it is compressed. */
export function compressedSegmentPath(directory: string, segment: number): string {
  return `${segmentPath(directory, segment)}z`;
}

/** The numbers of the segments in the directory, ascending. */
export function listSegments(directory: string): Promise<number[]> {
  return listNumbers(directory, /^\d+\.logz?$/);
}

/** Those that are not compressed. */
export function listPlainSegments(directory: string): Promise<number[]> {
  return listNumbers(directory, /^\d+\.log$/);
}

async function listNumbers(directory: string, pattern: RegExp): Promise<number[]> {
  const names = (await readdir(directory)).filter((name) => pattern.test(name));
  return [...new Set(names.map((name) => Number.parseInt(name, 10)))].sort((a, b) => a - b);
}
