import type { RequestRecord } from "@copilot-llm/model";
import { roundUnits } from "../../budget/charge-sum.js";
import type { SessionSummary } from "../../interfaces/sessions.js";

/** What a summary needs of each record of a session. */
export interface SummedRow {
  readonly position: number;
  readonly conversation_id: string;
  readonly started_at_ms: number;
  readonly outcome: RequestRecord["outcome"];
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly premium_units: number;
  readonly nano_aiu: number | null;
  readonly model_used: string | null;
  readonly token_alias: string | null;
}

export const summedColumns = `position, conversation_id, started_at_ms, outcome, input_tokens, output_tokens,
  premium_units, nano_aiu, model_used, token_alias`;

/** Adds up the records of one session, which come the latest first. */
export function summariseSession(rows: readonly SummedRow[], latest: RequestRecord): SessionSummary {
  const sum = (of: (row: SummedRow) => number | null) => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  const named = (of: (row: SummedRow) => string | null) => [...new Set(rows.map(of).filter((name) => name !== null))];
  const startedAtMs = rows.map((row) => row.started_at_ms);
  return {
    id: latest.conversationId,
    firstAtMs: startedAtMs.reduce((a, b) => Math.min(a, b)),
    lastAtMs: startedAtMs.reduce((a, b) => Math.max(a, b)),
    requests: rows.length,
    errors: rows.filter(({ outcome }) => outcome === "failed").length,
    inputTokens: sum((row) => row.input_tokens),
    outputTokens: sum((row) => row.output_tokens),
    premiumUnits: roundUnits(sum((row) => row.premium_units)),
    nanoAiu: sum((row) => row.nano_aiu),
    models: named((row) => row.model_used),
    tokenAliases: named((row) => row.token_alias),
    latest,
  };
}
