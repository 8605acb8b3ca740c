import { type JsonObject, nanoAiuPerCredit } from "@copilot-llm/model";
import type { CommandResult } from "../command-result.js";
import { encodeTable, roundAmount } from "../table.js";
import type { GatewayClient } from "./gateway-client.js";

export const usageGroups = ["model", "key", "token", "team", "day", "hour"] as const;

export interface UsageOptions {
  readonly by: string;
  readonly from?: string;
  readonly to?: string;
}

interface Figures extends JsonObject {
  readonly requests: number;
  readonly errors: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_tokens: number;
  readonly premium_units: number;
  readonly nano_aiu: number;
  readonly latency_p50_ms: number | null;
}

interface Statistics extends JsonObject {
  readonly totals: Figures;
  readonly rows: readonly (Figures & { readonly label: string | null; readonly group: string | null })[];
}

/** Who used what, by model, key, token, team, day or hour, with a line of sums. */
export async function showUsage(client: GatewayClient, { by, from, to }: UsageOptions): Promise<CommandResult> {
  const query = new URLSearchParams({ group_by: by });
  if (from !== undefined) query.set("from", from);
  if (to !== undefined) query.set("to", to);
  const statistics = await client.request<Statistics>("GET", `/api/stats?${query}`);
  const headings = [by, "requests", "errors", "tokens in", "cached", "tokens out", "premium", "credits", "p50 ms"];
  const rows = statistics.rows.map((row) => [row.label ?? row.group ?? "(none)", ...encodeFigures(row)]);
  return {
    text: encodeTable(headings, [...rows, ["total", ...encodeFigures(statistics.totals)]]),
    json: statistics,
  };
}

function encodeFigures(figures: Figures): readonly (number | null)[] {
  return [
    figures.requests,
    figures.errors,
    figures.input_tokens,
    figures.cache_read_tokens,
    figures.output_tokens,
    roundAmount(figures.premium_units),
    roundAmount(figures.nano_aiu / nanoAiuPerCredit),
    figures.latency_p50_ms === null ? null : Math.round(figures.latency_p50_ms),
  ];
}
