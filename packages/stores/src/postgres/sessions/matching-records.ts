import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import type { SessionFilter } from "../../interfaces/sessions.js";
import { storableText } from "../../stored-text/storable-text.js";
import { lowerAscii } from "../../text-search/lower-ascii.js";
import type { DatabaseTables } from "../connection/database-tables.js";

/** The records in sessions that fit everything but the text, which no column holds. */
export function selectMatching(tables: Kysely<DatabaseTables>, filter: SessionFilter) {
  return tables.selectFrom("request_records").where((expression) => fits(expression, filter));
}

function fits(expression: ExpressionBuilder<DatabaseTables, "request_records">, filter: SessionFilter) {
  const { model, key, tokenId, protocol, outcome, errorCode, client, conversationId, fromMs, toMs } = filter;
  const { minDurationMs, minNanoAiu } = filter;
  const is = (
    column: "model_used" | "key_group" | "token_id" | "protocol" | "outcome" | "conversation_id",
    value: string | undefined,
  ) => (value === undefined ? [] : [expression(column, "=", storableText(value))]);
  return expression.and([
    expression("conversation_id", "is not", null),
    expression("record", "is not", null),
    ...is("model_used", model),
    ...is("key_group", key),
    ...is("token_id", tokenId),
    ...is("protocol", protocol),
    ...is("outcome", outcome),
    ...is("conversation_id", conversationId),
    ...(errorCode === undefined ? [] : [hasErrorCode(errorCode)]),
    ...(client === undefined ? [] : [isOfClient(client)]),
    ...(fromMs === undefined ? [] : [expression("started_at_ms", ">=", Math.ceil(fromMs))]),
    ...(toMs === undefined ? [] : [expression("started_at_ms", "<", Math.ceil(toMs))]),
    ...(minDurationMs === undefined ? [] : [hasTaken(minDurationMs)]),
    ...(minNanoAiu === undefined ? [] : [expression("nano_aiu", ">=", minNanoAiu)]),
  ]);
}

// Records may hold escapes that PostgreSQL refuses to read as JSON, so that they are looked at as text: a quotation mark
// within a value is escaped, and so no value can pass for a field.

function hasErrorCode(code: string) {
  return sql<boolean>`strpos(record, ${`"errorCode":${JSON.stringify(code)}`}::text) > 0`;
}

/** Before version 10 of the schema only the text tells it, behind what the attempts took. */
function hasTaken(leastMs: number) {
  const field = '.*"durationMs":([0-9.]+)';
  return sql<boolean>`coalesce(duration_ms, substring(record FROM ${field}::text)::float8) >= ${leastMs}::float8`;
}

function isOfClient(client: string) {
  const field = String.raw`"userAgent":"((?:[^"\\]|\\.)*)"`;
  const words = lowerAscii(JSON.stringify(storableText(client)).slice(1, -1));
  return sql<boolean>`strpos(lower(substring(record FROM ${field}::text) COLLATE "C"), ${words}::text) > 0`;
}
