import { GatewayError, type GithubToken } from "@copilot-llm/model";
import type { Insertable, Selectable } from "kysely";
import type { TokenStore } from "../interfaces/token-store.js";
import type { TokenCipher } from "../secrets/token-cipher.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";
import { mapTaken } from "./map-taken.js";
import { recordChange } from "./postgres-audit-store.js";

export function createTokenStore(database: DatabaseAccess, cipher: TokenCipher): TokenStore {
  const { encode, decode } = createTokenCodec(cipher);
  return {
    async list() {
      const rows = await database.read((tables) =>
        tables.selectFrom("github_tokens").selectAll().orderBy("position").execute(),
      );
      return rows.map(decode);
    },
    async find(id) {
      const row = await database.read((tables) =>
        tables.selectFrom("github_tokens").selectAll().where("id", "=", id).executeTakeFirst(),
      );
      return row === undefined ? null : decode(row);
    },
    create(token, audited) {
      return mapTaken(conflicts(token.alias), () =>
        database.change(async (tables, announce) => {
          await tables
            .insertInto("github_tokens")
            .values({ ...encode(token), id: token.id, created_at_ms: token.createdAtMs })
            .execute();
          await recordChange(tables, audited, token);
          announce({ kind: "token_stored", tokenId: token.id });
        }),
      );
    },
    update(id, edit, audited) {
      return database.change(async (tables, announce) => {
        const row = await tables
          .selectFrom("github_tokens")
          .selectAll()
          .where("id", "=", id)
          .forUpdate()
          .executeTakeFirst();
        if (row === undefined) throw new GatewayError("not_found", "There is no GitHub token with this id.");
        const current = decode(row);
        const token = { ...current, ...edit(current) };
        await mapTaken(conflicts(token.alias), () =>
          tables.updateTable("github_tokens").set(encode(token)).where("id", "=", id).execute(),
        );
        await recordChange(tables, audited, token);
        announce({ kind: "token_stored", tokenId: id });
        return token;
      });
    },
    remove(id, audited) {
      return database.change(async (tables, announce) => {
        const row = await tables.deleteFrom("github_tokens").where("id", "=", id).returningAll().executeTakeFirst();
        if (row === undefined) return false;
        await recordChange(tables, audited, decode(row));
        announce({ kind: "token_stored", tokenId: id });
        return true;
      });
    },
  };
}

function conflicts(alias: string) {
  return {
    github_tokens_pkey: "There is a token with this id already.",
    github_tokens_alias: `There is a token with the alias "${alias}" already.`,
    github_tokens_secret: "This GitHub token is in the pool already.",
  };
}

function createTokenCodec(cipher: TokenCipher) {
  return {
    encode(token: GithubToken): Omit<Insertable<DatabaseTables["github_tokens"]>, "id" | "created_at_ms"> {
      return {
        alias: token.alias,
        alias_key: token.alias.toLowerCase(),
        kind: token.kind,
        sealed_secret: token.secret === null ? null : cipher.seal(token.id, token.secret),
        secret_fingerprint: token.secret === null ? null : cipher.fingerprint(token.secret),
        enabled: token.enabled,
        login: token.login,
        plan: token.plan,
        billing_entity: token.billingEntity,
      };
    },
    decode(row: Selectable<DatabaseTables["github_tokens"]>): GithubToken {
      return {
        id: row.id,
        alias: row.alias,
        kind: row.kind,
        secret: row.sealed_secret === null ? null : cipher.open(row.id, row.sealed_secret),
        enabled: row.enabled,
        createdAtMs: row.created_at_ms,
        login: row.login,
        plan: row.plan,
        billingEntity: row.billing_entity,
      };
    },
  };
}
