import type { LimitWindow } from "./limit-claim.js";

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

/** The UTC date of the moment, as `2026-03-10`. */
export function utcDate(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** When a count of this window begins anew; null where it never does, or not at a fixed time. */
export function windowEndMs(window: LimitWindow, atMs: number): number | null {
  if (window === "day") return nextDayStartMs(atMs);
  return window === "month" ? nextMonthStartMs(atMs) : null;
}
