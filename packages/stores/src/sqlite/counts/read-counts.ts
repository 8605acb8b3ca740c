import type { Charges } from "@copilot-llm/model";
import type { KeyBudgetSnapshot } from "../../budget/key-budget.js";
import type { TokenTotals } from "../../interfaces/ledger.js";
import type { SqlDatabase } from "../driver/sql-database.js";

/** What usage is as of the last record. */
export interface CountsSnapshot {
  readonly keys: readonly (readonly [keyId: string, budget: KeyBudgetSnapshot])[];
  readonly tokens: readonly (readonly [tokenId: string, totals: TokenTotals])[];
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

const minuteMs = 60_000;
/** Of each period memory holds the latest two. */
const keptPeriods = 2;

/** A number, also beyond 2^53, where the driver would refuse it. */
const sums = (prefix: string) =>
  ["requests", "premium_units", "nano_aiu", "tokens"]
    .map((column) => `CAST(${prefix}${column} AS REAL) AS ${column}`)
    .join(", ");

/** Of everything that is counted; the last minute before `nowMs` from the records themselves. */
export function readCounts(database: SqlDatabase, nowMs: number): CountsSnapshot {
  const budgets = new Map<string, { -readonly [Part in keyof KeyBudgetSnapshot]: KeyBudgetSnapshot[Part] }>();
  const budgetOf = (keyId: string) => {
    const known = budgets.get(keyId);
    if (known !== undefined) return known;
    const created = { lifetime: noCharges, days: [], months: [], minute: [], lastUsedAtMs: null };
    budgets.set(keyId, created);
    return budgetOf(keyId);
  };
  const periods = database
    .prepare(
      `SELECT key_id, period, start_ms, last_used_at_ms, ${sums("")} FROM key_usage ORDER BY key_id, start_ms DESC`,
    )
    .all<PeriodRow>();
  for (const row of periods) {
    const budget = budgetOf(row.key_id);
    const period = { startMs: row.start_ms, charges: toCharges(row) };
    if (row.period === "day" && budget.days.length < keptPeriods) budget.days = [...budget.days, period];
    if (row.period === "month" && budget.months.length < keptPeriods) budget.months = [...budget.months, period];
    if (row.period !== "lifetime") continue;
    budget.lifetime = period.charges;
    budget.lastUsedAtMs = row.last_used_at_ms;
  }
  for (const { key_id: keyId, at_ms: atMs, ...charges } of readLastMinute(database, nowMs)) {
    const budget = budgetOf(keyId);
    budget.minute = [...budget.minute, { atMs, charges: toCharges(charges) }];
  }
  return { keys: [...budgets], tokens: readTokens(database) };
}

/** In steps of a quarter of a second. A clock that went back does not hide the last records. */
function readLastMinute(database: SqlDatabase, nowMs: number) {
  const latest = database
    .prepare("SELECT max(started_at_ms) AS latest_ms FROM records")
    .get<{ latest_ms: number | null }>();
  const fromMs = Math.min(nowMs, latest?.latest_ms ?? nowMs) - minuteMs;
  return database
    .prepare(
      `SELECT key_id, max(started_at_ms) AS at_ms, ${["requests", "premium_units", "nano_aiu", "tokens"]
        .map((column) => `total(charged_${column}) AS ${column}`)
        .join(", ")}
       FROM records WHERE started_at_ms > ? AND key_id IS NOT NULL
       GROUP BY key_id, started_at_ms / 250 ORDER BY at_ms`,
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
