import type { SessionFilter } from "../../interfaces/sessions.js";
import { lowerAscii } from "../../text-search/lower-ascii.js";
import type { SqlValue } from "../driver/sql-database.js";

export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What records of sessions must be that fit everything but the text, which no column holds. */
export function matchingCondition(filter: SessionFilter, table: string): SqlCondition {
  const parts: (readonly [sql: string, value: SqlValue | undefined])[] = [
    [`${table}.model_used = ?`, filter.model],
    [`coalesce(${table}.key_id, ${table}.key_alias) = ?`, filter.key],
    [`${table}.token_id = ?`, filter.tokenId],
    [`${table}.protocol = ?`, filter.protocol],
    [`${table}.outcome = ?`, filter.outcome],
    [`${table}.error_code = ?`, filter.errorCode],
    [`instr(lower(${table}.user_agent), ?) > 0`, filter.client === undefined ? undefined : lowerAscii(filter.client)],
    [`${table}.conversation_id = ?`, filter.conversationId],
    [`${table}.started_at_ms >= ?`, filter.fromMs],
    [`${table}.started_at_ms < ?`, filter.toMs],
    [`${table}.duration_ms >= ?`, filter.minDurationMs],
    [`${table}.nano_aiu >= ?`, filter.minNanoAiu],
  ];
  const given = parts.flatMap(([sql, value]) => (value === undefined ? [] : [[sql, value] as const]));
  return {
    sql: [`${table}.recording <> 'off'`, ...given.map(([sql]) => sql)].join(" AND "),
    values: given.map(([, value]) => value),
  };
}
