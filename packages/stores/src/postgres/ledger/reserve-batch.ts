import { type Charges, dayStartMs, monthStartMs } from "@copilot-llm/model";
import type pg from "pg";
import { noCharges } from "../../budget/charge-sum.js";
import { KeyBudget } from "../../budget/key-budget.js";
import type { Reservation, ReserveResult } from "../../interfaces/ledger.js";
import type { ChargeColumns } from "../connection/database-tables.js";

const minuteMs = 60_000;
/** What was settled in the same quarter of a second leaves the last minute together, with the last of it. */
const minuteStepMs = 250;

/** A reservation that another gateway holds under the same id. */
export type ReserveOutcome = ReserveResult | "taken";

/**
 * Decides the reservations one after the other and keeps those that are granted, within the transaction that the
 * client is in. Whoever reserves for one of the keys waits until the transaction has ended; what is appended or
 * released meanwhile may only make the counts lower than they were taken for.
 */
export async function reserveBatch(
  client: pg.ClientBase,
  gatewayId: string,
  reservations: readonly Reservation[],
): Promise<readonly ReserveOutcome[]> {
  // Of a team's keys only one can be reserved for at a time, so that what they use together stands still meanwhile.
  const locks = reservations.flatMap(({ keyId, team }) => (team === undefined ? [keyId] : [keyId, team.id]));
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS name", [
    [...new Set(locks)].sort(),
  ]);
  const keyIds = [...new Set(reservations.flatMap(({ keyId, team }) => [keyId, ...(team?.keyIds ?? [])]))];
  const budgets = await loadBudgets(client, keyIds, reservations);
  const results = reservations.map((reservation) => {
    const { keyId, team } = reservation;
    const others = (team?.keyIds ?? []).filter((id) => id !== keyId).flatMap((id) => budgets.get(id) ?? []);
    return budgets.get(keyId)?.reserve(reservation, others);
  });
  const granted = reservations.filter((_, index) => results[index]?.granted === true);
  const kept = new Set(await keepReservations(client, gatewayId, granted));
  return reservations.map(({ id }, index) => {
    const result = results[index];
    return result === undefined || (result.granted && !kept.has(id)) ? "taken" : result;
  });
}

/** Gives back the ids of those that nobody held before. */
export async function keepReservations(
  client: pg.ClientBase,
  gatewayId: string,
  reservations: readonly Reservation[],
): Promise<readonly string[]> {
  if (reservations.length === 0) return [];
  const rows = reservations.map(({ id, keyId, atMs, amounts }) => ({
    id,
    gateway_id: gatewayId,
    key_id: keyId,
    at_ms: atMs,
    requests: amounts.requests,
    premium_units: amounts.premiumUnits,
    nano_aiu: amounts.nanoAiu,
    tokens: amounts.tokens,
  }));
  const inserted = await client.query<{ id: string }>(
    `INSERT INTO reservations SELECT * FROM json_populate_recordset(NULL::reservations, $1)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
  );
  return inserted.rows.map(({ id }) => id);
}

type CountRow = ChargeColumns & { readonly key_id: string; readonly source: string; readonly at_ms: number };

/** One statement, so that a request that is being appended is seen either reserved or charged, never as neither. */
async function loadBudgets(
  client: pg.ClientBase,
  keyIds: readonly string[],
  reservations: readonly Reservation[],
): Promise<ReadonlyMap<string, KeyBudget>> {
  const withRates = reservations.filter(({ claims }) => claims.some(({ window }) => window === "minute"));
  const { rows } = await client.query<CountRow>(
    `SELECT key_id, period AS source, start_ms AS at_ms, requests, premium_units, nano_aiu, tokens
     FROM key_usage WHERE key_id = ANY($1) AND (period = 'lifetime' OR (period = 'day' AND start_ms = ANY($2)) OR (period = 'month' AND start_ms = ANY($3)))
     UNION ALL
     SELECT key_id, 'open', at_ms, requests, premium_units, nano_aiu, tokens FROM reservations WHERE key_id = ANY($1)
     UNION ALL
     SELECT key_id, 'minute', max(started_at_ms), sum(charged_requests), sum(charged_premium_units), sum(charged_nano_aiu), sum(charged_tokens)
     FROM request_records WHERE key_id = ANY($4) AND started_at_ms > $5
     GROUP BY key_id, started_at_ms / ${minuteStepMs}
     ORDER BY key_id, source, at_ms`,
    [
      keyIds,
      [...new Set(reservations.map(({ atMs }) => dayStartMs(atMs)))],
      [...new Set(reservations.map(({ atMs }) => monthStartMs(atMs)))],
      [...new Set(withRates.flatMap(({ keyId, team }) => [keyId, ...(team?.keyIds ?? [])]))],
      Math.min(...reservations.map(({ atMs }) => atMs)) - minuteMs,
    ],
  );
  return new Map(
    keyIds.map((keyId) => [
      keyId,
      createBudget(
        keyId,
        rows.filter((row) => row.key_id === keyId),
      ),
    ]),
  );
}

function createBudget(keyId: string, rows: readonly CountRow[]): KeyBudget {
  const from = (source: string) => rows.filter((row) => row.source === source);
  const periods = (source: string) =>
    from(source).map((row) => ({ startMs: row.at_ms, charges: { ...toCharges(row) } }));
  const budget = KeyBudget.restore({
    lifetime: { ...noCharges, ...from("lifetime").map(toCharges)[0] },
    days: periods("day"),
    months: periods("month"),
    minute: from("minute").map((row) => ({ atMs: row.at_ms, charges: { ...toCharges(row) } })),
    lastUsedAtMs: null,
  });
  for (const [index, row] of from("open").entries()) {
    budget.reserve({ id: `open ${index}`, keyId, atMs: row.at_ms, amounts: toCharges(row), claims: [] });
  }
  return budget;
}

function toCharges(row: ChargeColumns): Charges {
  return { requests: row.requests, premiumUnits: row.premium_units, nanoAiu: row.nano_aiu, tokens: row.tokens };
}
