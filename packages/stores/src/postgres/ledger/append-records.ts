import { type Charges, dayStartMs, monthStartMs } from "@copilot-llm/model";
import { listSettledItems } from "../../batches/settled-items.js";
import { addCharges, noCharges, roundUnits } from "../../budget/charge-sum.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import { storableText } from "../../stored-text/storable-text.js";
import { settleItems } from "../batches/item-changes.js";
import type { SqlClient } from "../connection/sql-client.js";
import { addToStatistics } from "../statistics/add-to-statistics.js";
import { encodeRecords, insertRecords } from "./encode-record.js";

/**
 * Puts the entries on record, settles their reservations and counts them, within the transaction that the client is
 * in. Entries that are on record already change nothing. Rows are taken in one order by every gateway, so that two
 * can only wait for each other in turn.
 */
export async function appendRecords(client: SqlClient, entries: readonly LedgerEntry[]): Promise<void> {
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
  await settleItems(client, listSettledItems(fresh));
}

const periodStarts = { lifetime: () => 0, day: dayStartMs, month: monthStartMs } as const;

export interface KeyUsageRow {
  readonly keyId: string;
  readonly period: keyof typeof periodStarts;
  readonly startMs: number;
  readonly charges: Charges;
  readonly lastUsedAtMs: number;
}

export interface TokenUsageRow {
  readonly tokenId: string;
  readonly requests: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  readonly lastUsedAtMs: number;
}

async function addToKeyUsage(client: SqlClient, entries: readonly LedgerEntry[]): Promise<void> {
  const sums = new Map<string, KeyUsageRow>();
  for (const { record, charges } of entries) {
    const { startedAtMs } = record;
    if (record.keyId === null) continue;
    const keyId = storableText(record.keyId);
    for (const period of ["lifetime", "day", "month"] as const) {
      const startMs = periodStarts[period](startedAtMs);
      const name = `${keyId}\n${period}\n${startMs}`;
      const sum = sums.get(name);
      sums.set(name, {
        keyId,
        period,
        startMs,
        charges: addCharges(sum?.charges ?? noCharges, charges),
        lastUsedAtMs: Math.max(sum?.lastUsedAtMs ?? startedAtMs, startedAtMs),
      });
    }
  }
  await writeKeyUsage(client, [...sums.values()]);
}

/** Adds to the counts that are there. */
export async function writeKeyUsage(client: SqlClient, usage: readonly KeyUsageRow[]): Promise<void> {
  if (usage.length === 0) return;
  const rows = usage.map(({ keyId, period, startMs, charges, lastUsedAtMs }) => ({
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
       tokens = usage.tokens + excluded.tokens,
       ${sumOfUsage}`,
    [JSON.stringify(rows)],
  );
}

async function addToTokenUsage(client: SqlClient, entries: readonly LedgerEntry[]): Promise<void> {
  const sums = new Map<string, TokenUsageRow>();
  for (const { record } of entries) {
    const { startedAtMs, premiumUnits, nanoAiu } = record;
    if (record.tokenId === null) continue;
    const tokenId = storableText(record.tokenId);
    const sum = sums.get(tokenId);
    sums.set(tokenId, {
      tokenId,
      requests: (sum?.requests ?? 0) + 1,
      premiumUnits: roundUnits((sum?.premiumUnits ?? 0) + premiumUnits),
      nanoAiu: (sum?.nanoAiu ?? 0) + (nanoAiu ?? 0),
      lastUsedAtMs: Math.max(sum?.lastUsedAtMs ?? startedAtMs, startedAtMs),
    });
  }
  await writeTokenUsage(client, [...sums.values()]);
}

/** Adds to the totals that are there. */
export async function writeTokenUsage(client: SqlClient, usage: readonly TokenUsageRow[]): Promise<void> {
  if (usage.length === 0) return;
  const rows = usage.map(({ tokenId, requests, premiumUnits, nanoAiu, lastUsedAtMs }) => ({
    token_id: tokenId,
    requests,
    premium_units: premiumUnits,
    nano_aiu: nanoAiu,
    last_used_at_ms: lastUsedAtMs,
  }));
  await client.query(
    `INSERT INTO token_usage AS usage
     SELECT * FROM json_populate_recordset(NULL::token_usage, $1) ORDER BY token_id
     ON CONFLICT (token_id) DO UPDATE SET ${sumOfUsage}`,
    [JSON.stringify(rows)],
  );
}

/** Premium units without the crumbs of binary fractions, as `roundUnits`. */
const sumOfUsage = `
  requests = usage.requests + excluded.requests,
  premium_units = round((usage.premium_units + excluded.premium_units) * 1e6) / 1e6,
  nano_aiu = usage.nano_aiu + excluded.nano_aiu,
  last_used_at_ms = greatest(usage.last_used_at_ms, excluded.last_used_at_ms)`;
