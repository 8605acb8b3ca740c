import type { LoginSession, User } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { Edit } from "./edit.js";

/** Console users, their sign-ins and the setup codes. */
export interface UserStore {
  count(): Promise<number>;
  list(): Promise<readonly User[]>;
  find(id: string): Promise<User | null>;
  /** Compared without case. */
  findByUsername(username: string): Promise<User | null>;
  /** Throws `conflict` when the username is taken. */
  create(user: User, audited: Audited<User>): Promise<void>;
  /**
   * Creates the user, signed in where a session is given, only while there is none at all, and voids the setup codes:
   * of parallel callers exactly one gets true.
   */
  createFirst(user: User, session: LoginSession | null, audited: Audited<User>): Promise<boolean>;
  /**
   * Throws `not_found`, or `conflict` when the username is taken or no admin would be left. A changed password hash ends
   * all of the user's sign-ins.
   */
  update(id: string, edit: Edit<User>, audited: Audited<User>): Promise<User>;
  /** Removes the user with all sign-ins. True for exactly one caller. Throws `conflict` for the last admin. */
  remove(id: string, audited: Audited<User>): Promise<boolean>;

  /** One more setup code beside those of other gateways; only its hash is kept. False, and none, once there is a user. */
  issueSetupCode(codeHash: string, expiresAtMs: number): Promise<boolean>;
  /** Whether it was issued, and neither expired by `atMs` nor was voided. */
  isSetupCodeValid(codeHash: string, atMs: number): Promise<boolean>;

  /** The user is one who signed in then. Throws `not_found` for the session of a user who is gone. */
  createSession(session: LoginSession, audited: Audited<LoginSession>): Promise<void>;
  /** Null when unknown or expired at `atMs`. */
  findSession(tokenHash: string, atMs: number): Promise<LoginSession | null>;
  /** Those that have not expired at `atMs`, the latest seen first. */
  listSessions(atMs: number): Promise<readonly LoginSession[]>;
  /** That it is used. Unknown ones are ignored. */
  touchSession(tokenHash: string, seen: Pick<LoginSession, "lastSeenAtMs" | "expiresAtMs">): Promise<void>;
  /** True for exactly one caller. `audited` is given what was there. */
  removeSession(tokenHash: string, audited: Audited<LoginSession>): Promise<boolean>;
}
