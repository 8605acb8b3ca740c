import { type Clock, GatewayError, type LoginSession } from "@copilot-llm/model";
import type { Transaction } from "kysely";
import type { UserStore } from "../../interfaces/user-store.js";
import type { DatabaseAccess } from "../connection/database.js";
import type { DatabaseTables } from "../connection/database-tables.js";
import { sqlState } from "../connection/outage.js";
import { recordChange } from "../postgres-audit-store.js";
import { decodeSession, encodeSession } from "./user-rows.js";

const missingUser = "23503";

type LoginSessions = Pick<
  UserStore,
  "createSession" | "findSession" | "listSessions" | "touchSession" | "removeSession"
>;

/** The part of the users' store that is about their sessions. */
export function createLoginSessions(database: DatabaseAccess, clock: Clock): LoginSessions {
  return {
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

/** The user first, so that it waits for who changes users before it holds what these wait for. */
export async function insertSession(tables: Transaction<DatabaseTables>, session: LoginSession): Promise<void> {
  await tables
    .updateTable("users")
    .set({ last_sign_in_at_ms: session.createdAtMs })
    .where("id", "=", session.userId)
    .execute();
  await tables.insertInto("login_sessions").values(encodeSession(session)).execute();
}
