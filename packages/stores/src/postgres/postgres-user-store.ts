import { type Clock, GatewayError, type LoginSession, type User } from "@copilot-llm/model";
import { type Insertable, type Selectable, sql, type Transaction } from "kysely";
import type { UserStore } from "../interfaces/user-store.js";
import type { Announce, DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";
import { sqlState } from "./connection/outage.js";
import { mapTaken } from "./map-taken.js";
import { recordChange } from "./postgres-audit-store.js";

const missingUser = "23503";

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
    async createSession(session, audited) {
      // By itself: within the change it could wait for a user's removal that waits for the change.
      await database.read((tables) =>
        tables.deleteFrom("login_sessions").where("expires_at_ms", "<=", clock.nowMs()).execute(),
      );
      try {
        await database.change(async (tables) => {
          await insertSession(tables, session);
          await recordChange(tables, audited, session);
        });
      } catch (error) {
        throw sqlState(error) === missingUser ? new GatewayError("not_found", "There is no such user.") : error;
      }
    },
    async findSession(tokenHash, atMs) {
      const row = await database.read((tables) =>
        tables
          .selectFrom("login_sessions")
          .selectAll()
          .where("token_hash", "=", tokenHash)
          .where("expires_at_ms", ">", atMs)
          .executeTakeFirst(),
      );
      return row === undefined ? null : decodeSession(row);
    },
    async listSessions(atMs) {
      const rows = await database.read((tables) =>
        tables
          .selectFrom("login_sessions")
          .selectAll()
          .where("expires_at_ms", ">", atMs)
          .orderBy("last_seen_at_ms", "desc")
          .execute(),
      );
      return rows.map(decodeSession);
    },
    async touchSession(tokenHash, { lastSeenAtMs, expiresAtMs }) {
      await database.read((tables) =>
        tables
          .updateTable("login_sessions")
          .set({ last_seen_at_ms: lastSeenAtMs, expires_at_ms: expiresAtMs })
          .where("token_hash", "=", tokenHash)
          .execute(),
      );
    },
    removeSession(tokenHash, audited) {
      return database.change(async (tables) => {
        const row = await tables
          .deleteFrom("login_sessions")
          .where("token_hash", "=", tokenHash)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) return false;
        await recordChange(tables, audited, decodeSession(row));
        return true;
      });
    },
  };
}

async function hasUsers(tables: Transaction<DatabaseTables>): Promise<boolean> {
  return (await tables.selectFrom("users").select("id").limit(1).executeTakeFirst()) !== undefined;
}

/** The user first, so that it waits for who changes users before it holds what these wait for. */
async function insertSession(tables: Transaction<DatabaseTables>, session: LoginSession): Promise<void> {
  await tables
    .updateTable("users")
    .set({ last_sign_in_at_ms: session.createdAtMs })
    .where("id", "=", session.userId)
    .execute();
  await tables.insertInto("login_sessions").values(encodeSession(session)).execute();
}

type UserRow = Selectable<DatabaseTables["users"]>;

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

function encodeUser(user: User): Insertable<DatabaseTables["users"]> {
  return {
    id: user.id,
    username: user.username,
    username_key: user.username.toLowerCase(),
    password_hash: user.passwordHash,
    role: user.role,
    created_at_ms: user.createdAtMs,
    last_sign_in_at_ms: user.lastSignInAtMs,
    external_id: user.externalId,
  };
}

function decodeUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    passwordHash: row.password_hash,
    role: row.role,
    createdAtMs: row.created_at_ms,
    lastSignInAtMs: row.last_sign_in_at_ms,
    externalId: row.external_id,
  };
}

function encodeSession(session: LoginSession): Insertable<DatabaseTables["login_sessions"]> {
  return {
    token_hash: session.tokenHash,
    user_id: session.userId,
    created_at_ms: session.createdAtMs,
    expires_at_ms: session.expiresAtMs,
    last_seen_at_ms: session.lastSeenAtMs,
    method: session.method,
    client_ip: session.clientIp,
    user_agent: session.userAgent,
  };
}

function decodeSession(row: Selectable<DatabaseTables["login_sessions"]>): LoginSession {
  return {
    tokenHash: row.token_hash,
    userId: row.user_id,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    lastSeenAtMs: row.last_seen_at_ms,
    method: row.method,
    clientIp: row.client_ip,
    userAgent: row.user_agent,
  };
}
