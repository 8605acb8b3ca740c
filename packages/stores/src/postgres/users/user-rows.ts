import type { LoginSession, User } from "@copilot-llm/model";
import type { Insertable, Selectable } from "kysely";
import type { DatabaseTables } from "../connection/database-tables.js";

export type UserRow = Selectable<DatabaseTables["users"]>;

export function encodeUser(user: User): Insertable<DatabaseTables["users"]> {
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

export function decodeUser(row: UserRow): User {
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

export function encodeSession(session: LoginSession): Insertable<DatabaseTables["login_sessions"]> {
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

export function decodeSession(row: Selectable<DatabaseTables["login_sessions"]>): LoginSession {
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
