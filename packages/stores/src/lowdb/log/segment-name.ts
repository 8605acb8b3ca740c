import { readdir } from "node:fs/promises";
import { join } from "node:path";

const digits = 10;

/** Segments are numbered from 1 in the order in which they were written. */
export function segmentPath(directory: string, segment: number): string {
  return join(directory, `${String(segment).padStart(digits, "0")}.log`);
}

/** The numbers of the segments in the directory, ascending. */
export async function listSegments(directory: string): Promise<number[]> {
  return (await readdir(directory))
    .filter((name) => /^\d+\.log$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}
