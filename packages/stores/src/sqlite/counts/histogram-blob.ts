import { addCounts, type HistogramCounts } from "../../statistics/histogram.js";

/*
 * A histogram as a blob: the form, 1, in a byte; then, for each bucket that is not empty, in ascending order, its number in one byte and its count in
 * groups of seven bits, the lowest first, each group but the last marked by its high bit.
 */

const form = 1;
const groupSize = 0x80;

export function encodeHistogram(counts: readonly number[]): Uint8Array {
  let length = 1 + counts.length;
  for (let index = 1; index < counts.length; index += 2) {
    for (let rest = counts[index] ?? 0; rest >= groupSize; rest = Math.floor(rest / groupSize)) length += 1;
  }
  const bytes = new Uint8Array(length);
  bytes[0] = form;
  let end = 1;
  for (let index = 0; index < counts.length; index += 2) {
    bytes[end++] = counts[index] ?? 0;
    let rest = counts[index + 1] ?? 0;
    for (; rest >= groupSize; rest = Math.floor(rest / groupSize)) bytes[end++] = (rest % groupSize) + groupSize;
    bytes[end++] = rest;
  }
  return bytes;
}

/** As pairs of bucket and count. */
export function decodeHistogram(blob: Uint8Array): HistogramCounts {
  // As long as it is when every count is in one byte, which most are: to grow costs more than to read.
  const counts: HistogramCounts = new Array(Math.max(0, blob.length - 1));
  let length = 0;
  for (let index = 1; index < blob.length; ) {
    counts[length++] = blob[index++] ?? 0;
    let count = 0;
    for (let weight = 1; ; weight *= groupSize) {
      const group = blob[index++] ?? 0;
      count += (group % groupSize) * weight;
      if (group < groupSize) break;
    }
    counts[length++] = count;
  }
  counts.length = length;
  return counts;
}

/** Both in one. */
export function mergeHistograms(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 1) return b;
  if (b.length === 1) return a;
  const counts = decodeHistogram(a);
  addCounts(counts, decodeHistogram(b));
  return encodeHistogram(counts);
}
