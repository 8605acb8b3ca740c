import type { LimitPeriod } from "@copilot-llm/model";

/** The first moment of the period that holds `atMs`, in UTC; 0 for `lifetime`. */
export function periodStartMs(period: LimitPeriod, atMs: number): number {
  const at = new Date(atMs);
  switch (period) {
    case "lifetime":
      return 0;
    case "day":
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
    case "month":
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth());
  }
}

/** The first moment after the period that holds `atMs`, in UTC; null for `lifetime`. */
export function periodEndMs(period: LimitPeriod, atMs: number): number | null {
  const at = new Date(atMs);
  switch (period) {
    case "lifetime":
      return null;
    case "day":
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1);
    case "month":
      return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1);
  }
}
