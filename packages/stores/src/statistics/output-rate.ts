/** Of less the quotient would be chance: an answer that came in one piece took no time after its first token. */
const leastStreamedMs = 50;

/**
 * How fast an answer's tokens came after the first, in tokens per 100 seconds, fine enough for a histogram of whole
 * numbers; null where that cannot be told.
 */
export function outputRate(outputTokens: number, firstTokenMs: number | null, durationMs: number): number | null {
  if (firstTokenMs === null || outputTokens === 0) return null;
  const streamedMs = durationMs - firstTokenMs;
  return streamedMs < leastStreamedMs ? null : (outputTokens / streamedMs) * 100_000;
}
