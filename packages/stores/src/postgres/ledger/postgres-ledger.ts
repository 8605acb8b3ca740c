import { type Clock, dayMs, dayStartMs, GatewayError, monthStartMs } from "@copilot-llm/model";
import { sql } from "kysely";
import { noCharges } from "../../budget/charge-sum.js";
import type { KeyUsage, Ledger } from "../../interfaces/ledger.js";
import { edgeHalfHours, edgesKeptFromMs, fineKeptFromMs, halfHourMs } from "../../statistics/day-edges.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { Database } from "../connection/database.js";
import { recordChange } from "../postgres-audit-store.js";
import { decodeRecorded } from "./decode-record.js";
import type { Partitions } from "./partitions.js";
import type { RecordWriter } from "./record-writer.js";
import type { Reservations } from "./reservations.js";

export interface PostgresLedgerOptions {
  readonly database: Database;
  readonly reservations: Reservations;
  readonly writer: RecordWriter;
  readonly partitions: Partitions;
  readonly clock: Clock;
}

const unusedKey: KeyUsage = { lifetime: noCharges, day: noCharges, month: noCharges, lastUsedAtMs: null };

/** The ledger that all gateways of the database share. */
export function createLedger({ database, reservations, writer, partitions, clock }: PostgresLedgerOptions): Ledger {
  return {
    async reserve(reservation) {
      if (writer.isOverloaded) {
        throw new GatewayError("unavailable", "The gateway cannot put requests on record fast enough; try again.", {
          retryAfterMs: 1000,
        });
      }
      return reservations.reserve(reservation);
    },

    release: (reservationId) => reservations.release(reservationId),

    append: (entry) => writer.append(entry),

    async usageByKey(keyIds, atMs) {
      const usage = new Map<string, KeyUsage>();
      if (keyIds.length === 0) return usage;
      const starts = { lifetime: 0, day: dayStartMs(atMs), month: monthStartMs(atMs) };
      const rows = await database.read((tables) =>
        tables
          .selectFrom("key_usage")
          .selectAll()
          .where("key_id", "in", keyIds)
          .where("start_ms", "in", Object.values(starts))
          .execute(),
      );
      for (const row of rows) {
        if (row.start_ms !== starts[row.period]) continue;
        const { requests, premium_units: premiumUnits, nano_aiu: nanoAiu, tokens } = row;
        const known = usage.get(row.key_id) ?? unusedKey;
        usage.set(row.key_id, {
          ...known,
          [row.period]: { requests, premiumUnits, nanoAiu, tokens },
          lastUsedAtMs: Math.max(known.lastUsedAtMs ?? row.last_used_at_ms, row.last_used_at_ms),
        });
      }
      return usage;
    },

    async resetKeyUsage(keyId, _atMs, audited) {
      await database.change(async (tables) => {
        await tables
          .updateTable("key_usage")
          .set({ requests: 0, premium_units: 0, nano_aiu: 0, tokens: 0 })
          .where("key_id", "=", keyId)
          .execute();
        await recordChange(tables, audited, keyId);
      });
    },

    async totalsByToken(tokenIds) {
      if (tokenIds.length === 0) return new Map();
      const rows = await database.read((tables) =>
        tables.selectFrom("token_usage").selectAll().where("token_id", "in", tokenIds).execute(),
      );
      return new Map(
        rows.map(({ token_id, requests, premium_units, nano_aiu, last_used_at_ms }) => [
          token_id,
          { requests, premiumUnits: premium_units, nanoAiu: nano_aiu, lastUsedAtMs: last_used_at_ms },
        ]),
      );
    },

    async findRecord(id) {
      const row = await database.read((tables) =>
        tables
          .selectFrom("request_records")
          .select(["record", "request_body", "response_body"])
          .where("id", "=", storableText(id))
          .executeTakeFirst(),
      );
      return row === undefined ? null : decodeRecorded(row);
    },

    async expire(beforeMs) {
      await database.read(() => partitions.dropBefore(beforeMs));
      await database.read((tables) =>
        tables
          .deleteFrom("key_usage")
          .where("period", "<>", "lifetime")
          .where("start_ms", "<", beforeMs - usageKeptMs)
          .execute(),
      );
      await database.read((tables) =>
        tables
          .deleteFrom("statistics_cells")
          .where("span", "=", "5m")
          .where("start_ms", "<", fineKeptFromMs(clock.nowMs()))
          .where(({ or, eb }) =>
            or([eb("start_ms", "<", edgesKeptFromMs(clock.nowMs())), eb(halfHourOfDay, "not in", edgeHalfHours)]),
          )
          .execute(),
      );
    },
  };
}

const halfHourOfDay = sql<number>`start_ms / ${halfHourMs}::bigint % 48`;

/** Longer than a month: counts of days and months that nobody asks for any more. */
const usageKeptMs = 62 * dayMs;
