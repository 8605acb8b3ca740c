import type { ExpressionBuilder, Kysely } from "kysely";
import type { SessionFilter } from "../../interfaces/sessions.js";
import type { DatabaseTables } from "../connection/database-tables.js";
import { storableText } from "../connection/storable-text.js";

/** The records in sessions that fit everything but the text, which no column holds. */
export function selectMatching(tables: Kysely<DatabaseTables>, filter: SessionFilter) {
  return tables.selectFrom("request_records").where((expression) => fits(expression, filter));
}

function fits(expression: ExpressionBuilder<DatabaseTables, "request_records">, filter: SessionFilter) {
  const { model, key, tokenId, protocol, outcome, fromMs, toMs } = filter;
  const is = (column: "model_used" | "key_group" | "token_id" | "protocol" | "outcome", value: string | undefined) =>
    value === undefined ? [] : [expression(column, "=", storableText(value))];
  return expression.and([
    expression("conversation_id", "is not", null),
    expression("record", "is not", null),
    ...is("model_used", model),
    ...is("key_group", key),
    ...is("token_id", tokenId),
    ...is("protocol", protocol),
    ...is("outcome", outcome),
    ...(fromMs === undefined ? [] : [expression("started_at_ms", ">=", Math.ceil(fromMs))]),
    ...(toMs === undefined ? [] : [expression("started_at_ms", "<", Math.ceil(toMs))]),
  ]);
}
