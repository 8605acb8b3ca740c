import { dayMs, dayStartMs, hourMs } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { Sparklines } from "./schemas.js";

export interface SparklinesRequest {
  readonly by: "model" | "key" | "token";
  /** Undefined: all that had requests. */
  readonly ids: readonly string[] | undefined;
  readonly days: number;
  readonly nowMs: number;
}

/** For longer, hours are too many to be seen. */
const mostHourlyDays = 2;

/** Requests and failures of many, over the same times. */
export async function readSparklines(
  statistics: Provider["statistics"],
  { by, ids, days, nowMs }: SparklinesRequest,
): Promise<Sparklines> {
  const isHourly = days <= mostHourlyDays;
  const stepMs = isHourly ? hourMs : dayMs;
  const fromMs = dayStartMs(nowMs) - (days - 1) * dayMs;
  const starts: string[] = [];
  for (let startMs = fromMs; startMs <= nowMs; startMs += stepMs) starts.push(new Date(startMs).toISOString());
  const places = new Map(starts.map((start, index) => [isHourly ? start : start.slice(0, 10), index]));
  const report = await statistics.report({ fromMs, toMs: nowMs + 1, groupBy: by, splitBy: isHourly ? "hour" : "day" });
  const createRow = (id: string) => ({ id, requests: starts.map(() => 0), errors: starts.map(() => 0) });
  const rows = new Map((ids ?? []).map((id) => [id, createRow(id)]));
  for (const { group, split, requests, errors } of report.rows) {
    if (group === null) continue;
    const row = rows.get(group) ?? (ids === undefined ? createRow(group) : undefined);
    const place = places.get(split ?? "");
    if (row === undefined || place === undefined) continue;
    rows.set(group, row);
    row.requests[place] = requests;
    row.errors[place] = errors;
  }
  return { starts, rows: [...rows.values()] };
}
