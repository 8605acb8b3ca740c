import { type Clock, GatewayError, type LoginSession, type User } from "@copilot-llm/model";
import * as z from "zod";
import type { UserStore } from "../interfaces/user-store.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type JsonDocument, openJsonDocument } from "./json-document.js";
import type { DocumentFormat } from "./migrations/document-migration.js";

const schema = z.strictObject({
  users: z.array(
    z.strictObject({
      id: z.string(),
      username: z.string(),
      passwordHash: z.string(),
      role: z.enum(["admin", "viewer"]),
      createdAtMs: z.number(),
      // Absent where it was written before there were any.
      lastSignInAtMs: z.number().nullable().optional(),
      externalId: z.string().nullable().optional(),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      tokenHash: z.string(),
      userId: z.string(),
      createdAtMs: z.number(),
      expiresAtMs: z.number(),
      lastSeenAtMs: z.number().optional(),
      method: z.enum(["password", "oidc"]).optional(),
      clientIp: z.string().nullable().optional(),
      userAgent: z.string().nullable().optional(),
    }),
  ),
  setupCodes: z.array(z.strictObject({ codeHash: z.string(), expiresAtMs: z.number() })),
  events: keptEventsSchema,
});

export const usersFormat: DocumentFormat<z.infer<typeof schema>> = { schema, migrations: [] };

interface SetupCode {
  readonly codeHash: string;
  readonly expiresAtMs: number;
}

interface UserData {
  readonly users: readonly User[];
  readonly sessions: readonly LoginSession[];
  readonly setupCodes: readonly SetupCode[];
}

export async function openUserStore(
  path: string,
  context: DocumentContext,
  clock: Clock,
): Promise<{ readonly store: UserStore; close(): Promise<void> }> {
  const document = await openJsonDocument<UserData, z.infer<typeof schema>>({
    path,
    format: usersFormat,
    ...context,
    empty: { users: [], sessions: [], setupCodes: [] },
    decode: ({ users, sessions, setupCodes }) => ({
      users: users.map((user) => decodeUser(user, sessions)),
      sessions: sessions.map(decodeSession),
      setupCodes,
    }),
    encode: ({ users, sessions, setupCodes }) => ({
      users: [...users],
      sessions: [...sessions],
      setupCodes: [...setupCodes],
    }),
  });
  return { store: createUserStore(document, clock), close: () => document.close() };
}

type StoredUser = z.infer<typeof schema>["users"][number];
type StoredSession = z.infer<typeof schema>["sessions"][number];

function decodeUser(
  { lastSignInAtMs, externalId = null, ...user }: StoredUser,
  sessions: readonly StoredSession[],
): User {
  if (lastSignInAtMs !== undefined) return { ...user, lastSignInAtMs, externalId };
  const signIns = sessions.filter(({ userId }) => userId === user.id).map(({ createdAtMs }) => createdAtMs);
  return { ...user, lastSignInAtMs: signIns.length === 0 ? null : Math.max(...signIns), externalId };
}

function decodeSession(session: StoredSession): LoginSession {
  const { lastSeenAtMs = session.createdAtMs, method = "password", clientIp = null, userAgent = null } = session;
  return { ...session, lastSeenAtMs, method, clientIp, userAgent };
}

function createUserStore(document: JsonDocument<UserData>, clock: Clock): UserStore {
  return {
    async count() {
      return document.data.users.length;
    },
    async list() {
      return document.data.users;
    },
    async find(id) {
      return document.data.users.find((user) => user.id === id) ?? null;
    },
    async findByUsername(username) {
      return document.data.users.find((user) => isSameName(user.username, username)) ?? null;
    },
    create(user, audited) {
      return document.update((data) => {
        rejectTaken(data.users, user);
        return { data: { ...data, users: [...data.users, user] }, result: undefined, event: audited?.(user) };
      });
    },
    createFirst(user, session, audited) {
      return document.update((data) => {
        if (data.users.length > 0) return { result: false };
        const first: UserData = { users: [user], sessions: data.sessions, setupCodes: [] };
        const signedIn = session === null ? first : withSession(first, session);
        return { data: signedIn, result: true, event: audited?.(signedIn.users[0] ?? user) };
      });
    },
    update(id, edit, audited) {
      return document.update((data) => {
        const current = data.users.find((user) => user.id === id);
        if (current === undefined) throw new GatewayError("not_found", "There is no such user.");
        const changed = { ...current, ...edit(current) };
        const others = data.users.filter((user) => user !== current);
        rejectTaken(others, changed);
        if (changed.role !== "admin") requireOtherAdmin(current, others);
        const users = data.users.map((user) => (user === current ? changed : user));
        const sessions = data.sessions.filter(
          ({ userId }) => userId !== id || changed.passwordHash === current.passwordHash,
        );
        return { data: { ...data, users, sessions }, result: changed, event: audited?.(changed) };
      });
    },
    remove(id, audited) {
      return document.update((data) => {
        const current = data.users.find((user) => user.id === id);
        if (current === undefined) return { result: false };
        const users = data.users.filter((user) => user !== current);
        requireOtherAdmin(current, users);
        const sessions = data.sessions.filter((session) => session.userId !== id);
        return { data: { ...data, users, sessions }, result: true, event: audited?.(current) };
      });
    },
    issueSetupCode(codeHash, expiresAtMs) {
      return document.update((data) => {
        if (data.users.length > 0) return { result: false };
        const setupCodes = [...dropExpired(data.setupCodes, clock.nowMs()), { codeHash, expiresAtMs }];
        return { data: { ...data, setupCodes }, result: true };
      });
    },
    async isSetupCodeValid(codeHash, atMs) {
      return dropExpired(document.data.setupCodes, atMs).some((code) => code.codeHash === codeHash);
    },
    createSession(session, audited) {
      return document.update((data) => {
        if (!data.users.some((user) => user.id === session.userId)) {
          throw new GatewayError("not_found", "There is no such user.");
        }
        const sessions = dropExpired(data.sessions, clock.nowMs());
        return { data: withSession({ ...data, sessions }, session), result: undefined, event: audited?.(session) };
      });
    },
    async findSession(tokenHash, atMs) {
      const session = document.data.sessions.find((candidate) => candidate.tokenHash === tokenHash);
      return session !== undefined && session.expiresAtMs > atMs ? session : null;
    },
    async listSessions(atMs) {
      return dropExpired(document.data.sessions, atMs).sort((one, other) => other.lastSeenAtMs - one.lastSeenAtMs);
    },
    touchSession(tokenHash, { lastSeenAtMs, expiresAtMs }) {
      return document.update((data) => {
        if (!data.sessions.some((session) => session.tokenHash === tokenHash)) return { result: undefined };
        const sessions = data.sessions.map((session) =>
          session.tokenHash === tokenHash ? { ...session, lastSeenAtMs, expiresAtMs } : session,
        );
        return { data: { ...data, sessions }, result: undefined };
      });
    },
    removeSession(tokenHash, audited) {
      return document.update((data) => {
        const removed = data.sessions.find((session) => session.tokenHash === tokenHash);
        if (removed === undefined) return { result: false };
        const sessions = data.sessions.filter((session) => session !== removed);
        return { data: { ...data, sessions }, result: true, event: audited?.(removed) };
      });
    },
  };
}

function withSession(data: UserData, session: LoginSession): UserData {
  const users = data.users.map((user) =>
    user.id === session.userId ? { ...user, lastSignInAtMs: session.createdAtMs } : user,
  );
  return { ...data, users, sessions: [...data.sessions, session] };
}

function dropExpired<Timed extends { readonly expiresAtMs: number }>(all: readonly Timed[], atMs: number): Timed[] {
  return all.filter(({ expiresAtMs }) => expiresAtMs > atMs);
}

function rejectTaken(users: readonly User[], { id, username, externalId }: User): void {
  for (const user of users) {
    if (externalId !== null && user.externalId === externalId) {
      throw new GatewayError("conflict", "Another user signs in with this identity already.");
    }
    if (user.id === id || isSameName(user.username, username)) {
      throw new GatewayError("conflict", `There is a user "${user.username}" already.`);
    }
  }
}

function requireOtherAdmin(user: User, others: readonly User[]): void {
  if (user.role === "admin" && !others.some(({ role }) => role === "admin")) {
    throw new GatewayError("conflict", `"${user.username}" is the only admin: make another user one first.`);
  }
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
