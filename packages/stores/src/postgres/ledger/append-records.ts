import type { Charges } from "@copilot-llm/model";
import type pg from "pg";
import type { LedgerEntry } from "../../ledger.js";
import { dayStartMs, monthStartMs } from "../../lowdb/ledger/calendar.js";
import { addCharges, noCharges, roundUnits } from "../../lowdb/ledger/charge-sum.js";
import { addToStatistics } from "../statistics/add-to-statistics.js";
import { encodeRecords, insertRecords } from "./encode-record.js";

/**
 * Puts the entries on record, settles their reservations and counts them, within the transaction that the client is
 * in. Entries that are on record already change nothing. Rows are taken in one order by every gateway, so that two
 * can only wait for each other in turn.
 */
export async function appendRecords(client: pg.ClientBase, entries: readonly LedgerEntry[]): Promise<void> {
  const { rows, bodies } = encodeRecords(entries);
  const inserted = await client.query<{ id: string }>(insertRecords, [rows, bodies]);
  const isNew = new Set(inserted.rows.map(({ id }) => id));
  const fresh = entries.filter(({ record }) => isNew.delete(record.id));
  await client.query("DELETE FROM reservations WHERE id = ANY($1)", [entries.map(({ record }) => record.id)]);
  if (fresh.length === 0) return;
  await addToKeyUsage(client, fresh);
  await addToTokenUsage(client, fresh);
  await addToStatistics(
    client,
    fresh.map(({ record }) => record),
  );
}

const periods = { lifetime: () => 0, day: dayStartMs, month: monthStartMs } as const;

interface KeyUsageRow {
  readonly keyId: string;
  readonly period: keyof typeof periods;
  readonly startMs: number;
  charges: Charges;
  lastUsedAtMs: number;
}

async function addToKeyUsage(client: pg.ClientBase, entries: readonly LedgerEntry[]): Promise<void> {
  const sums = new Map<string, KeyUsageRow>();
  for (const { record, charges } of entries) {
    const { keyId, startedAtMs } = record;
    if (keyId === null) continue;
    for (const period of ["lifetime", "day", "month"] as const) {
      const startMs = periods[period](startedAtMs);
      const name = `${keyId}\n${period}\n${startMs}`;
      const row = sums.get(name) ?? { keyId, period, startMs, charges: noCharges, lastUsedAtMs: startedAtMs };
      row.charges = addCharges(row.charges, charges);
      row.lastUsedAtMs = Math.max(row.lastUsedAtMs, startedAtMs);
      sums.set(name, row);
    }
  }
  if (sums.size === 0) return;
  const rows = [...sums.values()].map(({ keyId, period, startMs, charges, lastUsedAtMs }) => ({
    key_id: keyId,
    period,
    start_ms: startMs,
    requests: charges.requests,
    premium_units: charges.premiumUnits,
    nano_aiu: charges.nanoAiu,
    tokens: charges.tokens,
    last_used_at_ms: lastUsedAtMs,
  }));
  await client.query(
    `INSERT INTO key_usage AS usage
     SELECT * FROM json_populate_recordset(NULL::key_usage, $1) ORDER BY key_id, period, start_ms
     ON CONFLICT (key_id, period, start_ms) DO UPDATE SET
       requests = usage.requests + excluded.requests,
       premium_units = ${sumOfUnits("usage")},
       nano_aiu = usage.nano_aiu + excluded.nano_aiu,
       tokens = usage.tokens + excluded.tokens,
       last_used_at_ms = greatest(usage.last_used_at_ms, excluded.last_used_at_ms)`,
    [JSON.stringify(rows)],
  );
}

async function addToTokenUsage(client: pg.ClientBase, entries: readonly LedgerEntry[]): Promise<void> {
  const sums = new Map<
    string,
    { token_id: string; requests: number; premium_units: number; nano_aiu: number; last_used_at_ms: number }
  >();
  for (const { record } of entries) {
    const { tokenId, startedAtMs } = record;
    if (tokenId === null) continue;
    const row = sums.get(tokenId) ?? {
      token_id: tokenId,
      requests: 0,
      premium_units: 0,
      nano_aiu: 0,
      last_used_at_ms: startedAtMs,
    };
    row.requests += 1;
    row.premium_units = roundUnits(row.premium_units + record.premiumUnits);
    row.nano_aiu += record.nanoAiu ?? 0;
    row.last_used_at_ms = Math.max(row.last_used_at_ms, startedAtMs);
    sums.set(tokenId, row);
  }
  if (sums.size === 0) return;
  await client.query(
    `INSERT INTO token_usage AS usage
     SELECT * FROM json_populate_recordset(NULL::token_usage, $1) ORDER BY token_id
     ON CONFLICT (token_id) DO UPDATE SET
       requests = usage.requests + excluded.requests,
       premium_units = ${sumOfUnits("usage")},
       nano_aiu = usage.nano_aiu + excluded.nano_aiu,
       last_used_at_ms = greatest(usage.last_used_at_ms, excluded.last_used_at_ms)`,
    [JSON.stringify([...sums.values()])],
  );
}

/** Without the crumbs of binary fractions, as `roundUnits`. */
function sumOfUnits(table: string): string {
  return `round((${table}.premium_units + excluded.premium_units) * 1e6) / 1e6`;
}
