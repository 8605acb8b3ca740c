/**
 * Milliseconds a `retry-after` header asks for, in seconds or as an HTTP date; never negative.
 * Null when it is absent or makes no sense.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim();
  if (!text) return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) || !/[a-z]/i.test(text) ? null : Math.max(0, dateMs - nowMs);
}
