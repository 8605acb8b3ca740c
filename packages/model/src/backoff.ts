export interface BackoffPolicy {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** How long to wait before the next try: doubles with every level from 0, up to `longestMs`. Jitter is the caller's. */
export function backoffMs({ firstMs, longestMs }: BackoffPolicy, level: number): number {
  return Math.min(longestMs, firstMs * 2 ** level);
}
