import type { Charges } from "@copilot-llm/model";
import type { KeyBudgetSnapshot } from "../../budget/key-budget.js";
import type { TokenTotals } from "../../interfaces/ledger.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import { isDamage } from "../driver/sql-failure.js";
import { stretchRecords } from "./pending-counts.js";

/** What requests of one key and token add to usage that began at almost the same time. */
export interface UsageSum {
  readonly keyId: string | null;
  readonly tokenId: string | null;
  /** Of the last of them. */
  readonly startedAtMs: number;
  readonly requests: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  readonly charges: Charges;
}

/** What usage was when it was last written down, and what was recorded since. */
export interface CountsSnapshot {
  readonly keys: readonly (readonly [keyId: string, budget: KeyBudgetSnapshot])[];
  readonly tokens: readonly (readonly [tokenId: string, totals: TokenTotals])[];
  readonly uncounted: readonly UsageSum[];
}

interface ChargeColumns {
  readonly requests: number;
  readonly premium_units: number;
  readonly nano_aiu: number;
  readonly tokens: number;
}

interface PeriodRow extends ChargeColumns {
  readonly key_id: string;
  readonly period: "lifetime" | "day" | "month";
  readonly start_ms: number;
  readonly last_used_at_ms: number;
}

type UsageValues = readonly [
  keyId: string | null,
  tokenId: string | null,
  startedAtMs: number,
  requests: number,
  premiumUnits: number,
  nanoAiu: number,
  chargedRequests: number,
  chargedPremiumUnits: number,
  chargedNanoAiu: number,
  chargedTokens: number,
];

/** Requests that began within it count as if they had begun together: for a limit per minute that is near enough. */
const togetherMs = 250;
const minuteMs = 60_000;
/** A number, also beyond 2^53, where the driver would refuse it. */
const sums = (prefix: string) =>
  ["requests", "premium_units", "nano_aiu", "tokens"]
    .map((column) => `CAST(${prefix}${column} AS REAL) AS ${column}`)
    .join(", ");

/** The last minute before `nowMs` comes from the records themselves. */
export function readCounts(database: SqlDatabase, nowMs: number): CountsSnapshot {
  const budgets = new Map<string, { -readonly [Part in keyof KeyBudgetSnapshot]: KeyBudgetSnapshot[Part] }>();
  const budgetOf = (keyId: string) => {
    const known = budgets.get(keyId);
    if (known !== undefined) return known;
    const created = { lifetime: noCharges, days: [], months: [], minute: [], lastUsedAtMs: null };
    budgets.set(keyId, created);
    return budgetOf(keyId);
  };
  for (const row of readLatestPeriods(database)) {
    const budget = budgetOf(row.key_id);
    const period = { startMs: row.start_ms, charges: toCharges(row) };
    if (row.period === "day") budget.days = [...budget.days, period];
    else if (row.period === "month") budget.months = [...budget.months, period];
    else {
      budget.lifetime = period.charges;
      budget.lastUsedAtMs = row.last_used_at_ms;
    }
  }
  for (const { key_id: keyId, at_ms: atMs, ...charges } of tryReadLastMinute(database, nowMs)) {
    const budget = budgetOf(keyId);
    budget.minute = [...budget.minute, { atMs, charges: toCharges(charges) }];
  }
  return { keys: [...budgets], tokens: readTokens(database), uncounted: readUncounted(database) };
}

function readUncounted(database: SqlDatabase): readonly UsageSum[] {
  const rows = database
    .prepareArrays(
      `SELECT key_id, token_id, max(started_at_ms), count(*), total(premium_units), total(nano_aiu),
         total(charged_requests), total(charged_premium_units), total(charged_nano_aiu), total(charged_tokens)
       FROM records WHERE position > (SELECT counted_through FROM ledger_state)
       GROUP BY key_id, token_id, started_at_ms / ${togetherMs} ORDER BY max(started_at_ms)`,
    )
    .all<UsageValues>();
  return rows.map(
    ([keyId, tokenId, startedAtMs, requests, premiumUnits, nanoAiu, charged, units, chargedAiu, tokens]) => ({
      keyId,
      tokenId,
      startedAtMs,
      requests,
      premiumUnits,
      nanoAiu,
      charges: { requests: charged, premiumUnits: units, nanoAiu: chargedAiu, tokens },
    }),
  );
}

/** Of days and months memory holds the latest two of each key. */
function readLatestPeriods(database: SqlDatabase): readonly PeriodRow[] {
  const latest = (period: string) => `
    SELECT usage.* FROM key_usage AS known JOIN key_usage AS usage
      ON usage.period = '${period}' AND usage.key_id = known.key_id AND usage.start_ms >= coalesce(
        (SELECT start_ms FROM key_usage WHERE period = '${period}' AND key_id = known.key_id
         ORDER BY start_ms DESC LIMIT 1 OFFSET 1), 0)
    WHERE known.period = 'lifetime'`;
  return database
    .prepare(
      `SELECT key_id, period, start_ms, last_used_at_ms, ${sums("")}
       FROM (SELECT * FROM key_usage WHERE period = 'lifetime'
         UNION ALL ${latest("day")} UNION ALL ${latest("month")}) ORDER BY key_id, start_ms DESC`,
    )
    .all<PeriodRow>();
}

/** Where records are damaged, nothing: limits per minute begin anew. Whoever reads the records hears of it. */
function tryReadLastMinute(database: SqlDatabase, nowMs: number): ReturnType<typeof readLastMinute> {
  try {
    return readLastMinute(database, nowMs);
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  }
}

/** Of what is counted. A clock that went back does not hide the last records. */
function readLastMinute(database: SqlDatabase, nowMs: number) {
  const latest = database
    .prepare("SELECT max(last_ms) AS latest_ms FROM record_spans")
    .get<{ latest_ms: number | null }>();
  const fromMs = Math.min(nowMs, latest?.latest_ms ?? nowMs) - minuteMs;
  return database
    .prepare(
      `SELECT key_id, max(started_at_ms) AS at_ms, ${["requests", "premium_units", "nano_aiu", "tokens"]
        .map((column) => `total(charged_${column}) AS ${column}`)
        .join(", ")}
       FROM record_spans JOIN records ON position >= first_position AND position < first_position + ${stretchRecords}
       WHERE last_ms > ?1 AND started_at_ms > ?1 AND key_id IS NOT NULL
         AND position <= (SELECT counted_through FROM ledger_state)
       GROUP BY key_id, started_at_ms / ${togetherMs} ORDER BY at_ms`,
    )
    .all<ChargeColumns & { readonly key_id: string; readonly at_ms: number }>(fromMs);
}

function readTokens(database: SqlDatabase): CountsSnapshot["tokens"] {
  const rows = database
    .prepare(
      `SELECT token_id, requests, premium_units, CAST(nano_aiu AS REAL) AS nano_aiu, last_used_at_ms FROM token_usage`,
    )
    .all<Omit<ChargeColumns, "tokens"> & { readonly token_id: string; readonly last_used_at_ms: number }>();
  return rows.map((row) => [
    row.token_id,
    {
      requests: row.requests,
      premiumUnits: row.premium_units,
      nanoAiu: row.nano_aiu,
      lastUsedAtMs: row.last_used_at_ms,
    },
  ]);
}

const noCharges: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

function toCharges(row: ChargeColumns): Charges {
  return { requests: row.requests, premiumUnits: row.premium_units, nanoAiu: row.nano_aiu, tokens: row.tokens };
}
