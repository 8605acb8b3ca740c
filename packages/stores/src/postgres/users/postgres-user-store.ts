import { type Clock, GatewayError } from "@copilot-llm/model";
import { sql, type Transaction } from "kysely";
import type { UserStore } from "../../interfaces/user-store.js";
import type { Announce, DatabaseAccess } from "../connection/database.js";
import type { DatabaseTables } from "../connection/database-tables.js";
import { mapTaken } from "../map-taken.js";
import { recordChange } from "../postgres-audit-store.js";
import { createLoginSessions, insertSession } from "./login-sessions.js";
import { decodeUser, encodeUser, type UserRow } from "./user-rows.js";

export function createUserStore(database: DatabaseAccess, clock: Clock): UserStore {
  /** One change of users at a time, since some depend on which others there are. */
  function changeUsers<Result>(work: (tables: Transaction<DatabaseTables>, announce: Announce) => Promise<Result>) {
    return database.change(async (tables, announce) => {
      await sql`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`.execute(tables);
      return work(tables, announce);
    });
  }

  return {
    async count() {
      const counted = await database.read((tables) =>
        tables
          .selectFrom("users")
          .select(({ fn }) => fn.countAll<number>().as("users"))
          .executeTakeFirst(),
      );
      return counted?.users ?? 0;
    },
    async list() {
      const rows = await database.read((tables) =>
        tables.selectFrom("users").selectAll().orderBy("position").execute(),
      );
      return rows.map(decodeUser);
    },
    async find(id) {
      const row = await database.read((tables) =>
        tables.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst(),
      );
      return row === undefined ? null : decodeUser(row);
    },
    async findByUsername(username) {
      const row = await database.read((tables) =>
        tables.selectFrom("users").selectAll().where("username_key", "=", username.toLowerCase()).executeTakeFirst(),
      );
      return row === undefined ? null : decodeUser(row);
    },
    create(user, audited) {
      return mapTaken(conflicts(user.username), () =>
        changeUsers(async (tables, announce) => {
          await tables.insertInto("users").values(encodeUser(user)).execute();
          await recordChange(tables, audited, user);
          announce({ kind: "user_stored", userId: user.id });
        }),
      );
    },
    createFirst(user, session, audited) {
      return changeUsers(async (tables, announce) => {
        if (await hasUsers(tables)) return false;
        await tables.insertInto("users").values(encodeUser(user)).execute();
        await tables.deleteFrom("setup_codes").execute();
        if (session !== null) await insertSession(tables, session);
        await recordChange(tables, audited, { ...user, lastSignInAtMs: session?.createdAtMs ?? user.lastSignInAtMs });
        announce({ kind: "user_stored", userId: user.id });
        return true;
      });
    },
    update(id, edit, audited) {
      return changeUsers(async (tables, announce) => {
        const row = await tables.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) throw new GatewayError("not_found", "There is no such user.");
        const current = decodeUser(row);
        const user = { ...current, ...edit(current) };
        if (user.role !== "admin") await requireOtherAdmin(tables, row);
        await mapTaken(conflicts(user.username), () =>
          tables.updateTable("users").set(encodeUser(user)).where("id", "=", id).execute(),
        );
        if (user.passwordHash !== current.passwordHash) {
          await tables.deleteFrom("login_sessions").where("user_id", "=", id).execute();
        }
        await recordChange(tables, audited, user);
        announce({ kind: "user_stored", userId: id });
        return user;
      });
    },
    remove(id, audited) {
      return changeUsers(async (tables, announce) => {
        const row = await tables.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) return false;
        await requireOtherAdmin(tables, row);
        await tables.deleteFrom("users").where("id", "=", id).execute();
        await recordChange(tables, audited, decodeUser(row));
        announce({ kind: "user_stored", userId: id });
        return true;
      });
    },
    issueSetupCode(codeHash, expiresAtMs) {
      return changeUsers(async (tables) => {
        if (await hasUsers(tables)) return false;
        await tables.deleteFrom("setup_codes").where("expires_at_ms", "<=", clock.nowMs()).execute();
        await tables.insertInto("setup_codes").values({ code_hash: codeHash, expires_at_ms: expiresAtMs }).execute();
        return true;
      });
    },
    async isSetupCodeValid(codeHash, atMs) {
      const code = await database.read((tables) =>
        tables
          .selectFrom("setup_codes")
          .select("code_hash")
          .where("code_hash", "=", codeHash)
          .where("expires_at_ms", ">", atMs)
          .executeTakeFirst(),
      );
      return code !== undefined;
    },
    ...createLoginSessions(database, clock),
  };
}

async function hasUsers(tables: Transaction<DatabaseTables>): Promise<boolean> {
  return (await tables.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;
}

async function requireOtherAdmin(tables: Transaction<DatabaseTables>, { id, role, username }: UserRow): Promise<void> {
  if (role !== "admin") return;
  const other = await tables
    .selectFrom("users")
    .select("id")
    .where("role", "=", "admin")
    .where("id", "<>", id)
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined) return;
  throw new GatewayError("conflict", `"${username}" is the only admin: make another user one first.`);
}

function conflicts(username: string) {
  const message = `There is a user "${username}" already.`;
  return {
    users_pkey: message,
    users_username_key_key: message,
    users_external_id: "Another user signs in with this identity already.",
  };
}
