import type { Kysely } from "kysely";
import { sql } from "kysely";
import { roundUnits } from "../../budget/charge-sum.js";
import type { SessionSummary } from "../../interfaces/sessions.js";
import type { DatabaseTables } from "../connection/database-tables.js";
import { decodeRecord } from "../ledger/decode-record.js";

interface SumRow {
  readonly conversation_id: string;
  readonly first_at_ms: number;
  readonly last_at_ms: number;
  readonly requests: number;
  readonly errors: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly premium_units: number;
  readonly nano_aiu: number;
  /** Latest first, with repetition. */
  readonly models: readonly string[];
  readonly token_aliases: readonly string[];
  readonly latest: string;
}

/** Everything on record of the conversations, by stored id. */
export async function summariseSessions(
  tables: Kysely<DatabaseTables>,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, SessionSummary>> {
  if (conversationIds.length === 0) return new Map();
  const { rows } = await sql<SumRow>`
    SELECT conversation_id, min(started_at_ms) AS first_at_ms, max(started_at_ms) AS last_at_ms,
      count(*) AS requests, count(*) FILTER (WHERE outcome = 'failed') AS errors,
      sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
      sum(premium_units) AS premium_units, sum(nano_aiu) AS nano_aiu,
      coalesce(array_agg(model_used ORDER BY position DESC) FILTER (WHERE model_used IS NOT NULL), '{}') AS models,
      coalesce(array_agg(token_alias ORDER BY position DESC) FILTER (WHERE token_alias IS NOT NULL), '{}') AS token_aliases,
      (array_agg(record ORDER BY position DESC))[1] AS latest
    FROM request_records
    WHERE conversation_id = ANY (${[...conversationIds]}) AND record IS NOT NULL
    GROUP BY conversation_id`.execute(tables);
  return new Map(rows.map((row) => [row.conversation_id, toSummary(row)]));
}

function toSummary(row: SumRow): SessionSummary {
  const latest = decodeRecord(row.latest);
  return {
    id: latest.conversationId,
    firstAtMs: row.first_at_ms,
    lastAtMs: row.last_at_ms,
    requests: row.requests,
    errors: row.errors,
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    premiumUnits: roundUnits(row.premium_units),
    nanoAiu: row.nano_aiu,
    models: [...new Set(row.models)],
    tokenAliases: [...new Set(row.token_aliases)],
    latest,
  };
}
