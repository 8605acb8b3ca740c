import { type ApiKey, GatewayError, noLimits } from "@copilot-llm/model";
import type { Insertable, Selectable } from "kysely";
import type { KeyStore } from "../interfaces/key-store.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";
import type { KeyCache } from "./key-cache.js";
import { mapTaken } from "./map-taken.js";
import { recordChange } from "./postgres-audit-store.js";
import { requireTeam } from "./require-team.js";

/** Without a cache every question goes to the database. */
export function createKeyStore(database: DatabaseAccess, cache: KeyCache | null): KeyStore {
  return {
    async findByHash(keyHash) {
      const cached = await cache?.keys();
      if (cached) return cached.get(keyHash) ?? null;
      const row = await database.read((tables) =>
        tables
          .selectFrom("api_keys")
          .selectAll()
          .where((column) => column.or([column("key_hash", "=", keyHash), column("replaced_hash", "=", keyHash)]))
          .executeTakeFirst(),
      );
      return row === undefined ? null : decodeKey(row);
    },
    async find(id) {
      const row = await database.read((tables) =>
        tables.selectFrom("api_keys").selectAll().where("id", "=", id).executeTakeFirst(),
      );
      return row === undefined ? null : decodeKey(row);
    },
    list: () => listKeys(database),
    async create(key, audited) {
      await mapTaken(conflicts(key.alias), () =>
        database.change(async (tables, announce) => {
          if (key.teamId !== null) await requireTeam(tables, key.teamId);
          await tables
            .insertInto("api_keys")
            .values({ ...encodeKey(key), id: key.id, created_at_ms: key.createdAtMs })
            .execute();
          await recordChange(tables, audited, key);
          announce({ kind: "key_stored", keyId: key.id });
        }),
      );
      cache?.invalidate();
    },
    async update(id, edit, audited) {
      const changed = await database.change(async (tables, announce) => {
        const row = await tables.selectFrom("api_keys").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
        if (row === undefined) throw new GatewayError("not_found", "There is no API key with this id.");
        const current = decodeKey(row);
        const key = { ...current, ...edit(current) };
        if (key.teamId !== null && key.teamId !== current.teamId) await requireTeam(tables, key.teamId);
        await mapTaken(conflicts(key.alias), () =>
          tables.updateTable("api_keys").set(encodeKey(key)).where("id", "=", id).execute(),
        );
        await recordChange(tables, audited, key);
        announce({ kind: "key_stored", keyId: id });
        return key;
      });
      cache?.invalidate();
      return changed;
    },
    async remove(id, audited) {
      const removed = await database.change(async (tables, announce) => {
        const row = await tables.deleteFrom("api_keys").where("id", "=", id).returningAll().executeTakeFirst();
        if (row === undefined) return false;
        await recordChange(tables, audited, decodeKey(row));
        announce({ kind: "key_stored", keyId: id });
        return true;
      });
      cache?.invalidate();
      return removed;
    },
  };
}

/** In order of creation. */
export async function listKeys(database: DatabaseAccess): Promise<readonly ApiKey[]> {
  const rows = await database.read((tables) => tables.selectFrom("api_keys").selectAll().orderBy("position").execute());
  return rows.map(decodeKey);
}

function conflicts(alias: string) {
  return {
    api_keys_alias: `There is an API key with the alias "${alias}" already.`,
    api_keys_hash: "There is such an API key already.",
    api_keys_pkey: "There is such an API key already.",
  };
}

function encodeKey(key: ApiKey): Omit<Insertable<DatabaseTables["api_keys"]>, "id" | "created_at_ms"> {
  return {
    alias: key.alias,
    alias_key: key.alias.toLowerCase(),
    key_hash: key.keyHash,
    key_preview: key.keyPreview,
    enabled: key.enabled,
    expires_at_ms: key.expiresAtMs,
    allowed_models: key.allowedModels === null ? null : [...key.allowedModels],
    github_token_ids: key.githubTokenIds === null ? null : [...key.githubTokenIds],
    limits: JSON.stringify(key.limits),
    recording: key.recording,
    created_by: key.createdBy,
    note: key.note,
    team_id: key.teamId,
    seat: key.seat === null ? null : JSON.stringify(key.seat),
    replaced_hash: key.replaced?.keyHash ?? null,
    replaced_until_ms: key.replaced?.untilMs ?? null,
  };
}

function decodeKey(row: Selectable<DatabaseTables["api_keys"]>): ApiKey {
  return {
    id: row.id,
    alias: row.alias,
    keyHash: row.key_hash,
    keyPreview: row.key_preview,
    enabled: row.enabled,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    allowedModels: row.allowed_models,
    githubTokenIds: row.github_token_ids,
    // A limit that came later than the row is none.
    limits: { ...noLimits, ...row.limits },
    recording: row.recording,
    createdBy: row.created_by,
    note: row.note,
    teamId: row.team_id,
    seat: row.seat,
    replaced:
      row.replaced_hash === null || row.replaced_until_ms === null
        ? null
        : { keyHash: row.replaced_hash, untilMs: row.replaced_until_ms },
  };
}
