export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** When the UTC hour that holds the moment begins. */
export function hourStartMs(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

/** When the UTC day that holds the moment begins. */
export function dayStartMs(atMs: number): number {
  return Math.floor(atMs / dayMs) * dayMs;
}

export function nextDayStartMs(atMs: number): number {
  return dayStartMs(atMs) + dayMs;
}

/** When the UTC month that holds the moment begins. */
export function monthStartMs(atMs: number): number {
  const date = new Date(atMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

export function nextMonthStartMs(atMs: number): number {
  const date = new Date(atMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
