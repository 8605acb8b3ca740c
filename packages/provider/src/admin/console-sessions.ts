import {
  type Clock,
  dayMs,
  GatewayError,
  type LoginSession,
  type Randomness,
  Secret,
  type SignInMethod,
  type User,
} from "@copilot-llm/model";
import type { UserStore } from "@copilot-llm/stores";
import { sha256Hex } from "../identity/hash.js";
import { randomBase62 } from "../identity/random-text.js";
import type { Actor, Audit } from "./audit.js";
import { SessionLookups } from "./session-lookups.js";

const sessionPrefix = "cls_";
const sessionCharacters = 40;
const sessionToken = new RegExp(`^${sessionPrefix}[0-9A-Za-z]{${sessionCharacters}}$`);
/** However much it is used. */
const longestMs = 7 * dayMs;
/** Without being used. */
const idleMs = dayMs;
/** That it is used is written down at most this often. */
const touchEveryMs = 5 * 60_000;

/** Where a sign-in comes from. */
export interface SignInOrigin {
  readonly method: SignInMethod;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
}

export interface BegunSession {
  /** What is to be stored. */
  readonly session: LoginSession;
  /** For the cookie, or as Bearer. */
  readonly token: Secret;
  /** When it ends, however much it is used. */
  readonly endsAtMs: number;
}

export interface OpenSession {
  readonly user: User;
  readonly session: LoginSession;
}

export interface ConsoleSessionsOptions {
  readonly users: UserStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly audit: Audit;
}

/** Who is signed in to the console: a session ends after a day without use, after a week, and when somebody ends it. */
export class ConsoleSessions {
  readonly #options: ConsoleSessionsOptions;
  readonly #lookups: SessionLookups;

  constructor(options: ConsoleSessionsOptions) {
    this.#options = options;
    this.#lookups = new SessionLookups(options.clock);
  }

  /** Stores nothing by itself. */
  begin(user: User, origin: SignInOrigin): BegunSession {
    const { clock, randomness } = this.#options;
    const token = sessionPrefix + randomBase62(randomness, sessionCharacters);
    const nowMs = clock.nowMs();
    const seen = { createdAtMs: nowMs, lastSeenAtMs: nowMs, expiresAtMs: nowMs + Math.min(idleMs, longestMs) };
    const session = { tokenHash: sha256Hex(token), userId: user.id, ...seen, ...origin };
    return { session, token: new Secret(token), endsAtMs: nowMs + longestMs };
  }

  /**
   * The session of a token with its user, or null. It is used by that, and lasts longer. Throws `limit_exceeded` while
   * strangers try too many.
   */
  async find(token: Secret): Promise<OpenSession | null> {
    if (!sessionToken.test(token.reveal())) return null;
    const { users, clock } = this.#options;
    const tokenHash = sha256Hex(token.reveal());
    const session = await this.#lookups.find(tokenHash, () => users.findSession(tokenHash, clock.nowMs()));
    if (session === null) return null;
    const user = await users.find(session.userId);
    if (user === null) return null;
    this.#touch(session);
    return { user, session };
  }

  /** Those of one user, or of all with null; the latest seen first. */
  async list(userId: string | null): Promise<readonly OpenSession[]> {
    const { users, clock } = this.#options;
    const [sessions, all] = await Promise.all([users.listSessions(clock.nowMs()), users.list()]);
    const byId = new Map(all.map((user) => [user.id, user]));
    return sessions.flatMap((session) => {
      const user = byId.get(session.userId);
      const isAsked = user !== undefined && (userId === null || session.userId === userId);
      return isAsked ? [{ user, session }] : [];
    });
  }

  /** Ends the session of that id, if it is the user's or no user is named. Throws `not_found`. */
  async revoke(actor: Actor, id: string, userId: string | null): Promise<void> {
    const open = (await this.list(userId)).find(({ session }) => sessionId(session) === id);
    if (open === undefined || !(await this.#revoke(actor, open))) {
      throw new GatewayError("not_found", "There is no such session.");
    }
  }

  /** Ends all sessions of the user but the one, and says how many. */
  async revokeOthers(actor: Actor, { user, session: kept }: OpenSession): Promise<number> {
    let ended = 0;
    for (const open of await this.list(user.id)) {
      if (open.session.tokenHash === kept.tokenHash) continue;
      if (await this.#revoke(actor, open)) ended += 1;
    }
    return ended;
  }

  /** Signs out. */
  async end(token: Secret): Promise<void> {
    const open = await this.find(token);
    if (open === null) return;
    const { users, audit } = this.#options;
    const { username, id } = open.user;
    await users.removeSession(open.session.tokenHash, () => audit(username, "user.sign_out", id, { username }));
  }

  #revoke(actor: Actor, { user, session }: OpenSession): Promise<boolean> {
    const { users, audit } = this.#options;
    return users.removeSession(session.tokenHash, () =>
      audit(actor, "session.revoke", user.id, { username: user.username, session_id: sessionId(session) }),
    );
  }

  /** Nobody waits for it, and nothing is lost when it fails: the next use tries again. */
  #touch({ tokenHash, createdAtMs, lastSeenAtMs }: LoginSession): void {
    const { users, clock } = this.#options;
    const nowMs = clock.nowMs();
    if (nowMs - lastSeenAtMs < touchEveryMs) return;
    const expiresAtMs = Math.min(nowMs + idleMs, createdAtMs + longestMs);
    users.touchSession(tokenHash, { lastSeenAtMs: nowMs, expiresAtMs }).catch(() => undefined);
  }
}

/** What a session is called where its token must not be told. */
export function sessionId({ tokenHash }: Pick<LoginSession, "tokenHash">): string {
  return `ses_${sha256Hex(tokenHash).slice(0, 26)}`;
}
