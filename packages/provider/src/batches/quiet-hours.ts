import { hourMs, hourStartMs } from "@copilot-llm/model";

const hoursOfDay = 24;

/** Until when no item begins, given the hours of the day (UTC) in which none does; null outside of them. */
export function quietUntilMs(nowMs: number, quietHours: readonly number[]): number | null {
  let atMs = hourStartMs(nowMs);
  for (let hours = 0; hours < hoursOfDay; hours += 1) {
    if (!quietHours.includes(new Date(atMs).getUTCHours())) return hours === 0 ? null : atMs;
    atMs += hourMs;
  }
  return Number.POSITIVE_INFINITY;
}
