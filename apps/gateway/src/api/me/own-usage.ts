import type { Provider } from "@copilot-llm/provider";
import { encodeFigures, encodeRow } from "../statistics/encode.js";
import { readSpan } from "../statistics/read-span.js";
import { localDayStartMs } from "./local-day-start.js";
import type { OwnUsage } from "./schemas.js";

interface OwnUsageOptions {
  readonly keyId: string;
  readonly days: number;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** What a key's requests of the last days of the time zone come to, today among them. */
export async function readOwnUsage(
  provider: Pick<Provider, "statistics" | "reportByTeam">,
  { keyId, days, timeZone, nowMs }: OwnUsageOptions,
): Promise<OwnUsage> {
  const fromMs = localDayStartMs(nowMs, days - 1, timeZone);
  const span = { fromMs, toMs: nowMs + 1, key: keyId, tz: timeZone };
  const [byDay, byModel] = await Promise.all([
    readSpan(provider, { ...span, group_by: "day", fill: "zero" }),
    readSpan(provider, { ...span, group_by: "model" }),
  ]);
  return {
    from: new Date(span.fromMs).toISOString(),
    to: new Date(nowMs).toISOString(),
    totals: encodeFigures(byDay.totals),
    days: byDay.rows.map(encodeOwnRow),
    models: byModel.rows.map(encodeOwnRow),
  };
}

function encodeOwnRow(row: Parameters<typeof encodeRow>[0]): OwnUsage["days"][number] {
  const { split: _split, split_label: _label, is_other: _other, ...own } = encodeRow(row);
  return own;
}
