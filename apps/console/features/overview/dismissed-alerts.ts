import { dayMs } from "#lib/time-units";

/** The ids of the alerts that were put away and still are, as this browser keeps them. */
export function parseDismissed(stored: string | null, nowMs: number): ReadonlySet<string> {
  return new Set(
    Object.entries(read(stored))
      .filter(([, untilMs]) => untilMs > nowMs)
      .map(([id]) => id),
  );
}

/** The same with one more, put away for a day; what is over is dropped. */
export function dismissAlert(stored: string | null, id: string, nowMs: number): string {
  const kept = Object.entries(read(stored)).filter(([, untilMs]) => untilMs > nowMs);
  return JSON.stringify({ ...Object.fromEntries(kept), [id]: nowMs + dayMs });
}

function read(stored: string | null): Record<string, number> {
  try {
    const parsed: unknown = JSON.parse(stored ?? "{}");
    if (typeof parsed !== "object" || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter(([, untilMs]) => typeof untilMs === "number"));
  } catch {
    return {};
  }
}
