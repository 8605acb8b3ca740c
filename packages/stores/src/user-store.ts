import type { LoginSession, User } from "@copilot-llm/model";
import type { Edit } from "./edit.js";

/** Console users, their sign-ins and the one-time setup code. */
export interface UserStore {
  count(): Promise<number>;
  list(): Promise<readonly User[]>;
  find(id: string): Promise<User | null>;
  /** Compared without case. */
  findByUsername(username: string): Promise<User | null>;
  /** Throws `conflict` when the username is taken. */
  create(user: User): Promise<void>;
  /** Creates the user only while there is none at all: of parallel callers exactly one gets true. */
  createFirst(user: User): Promise<boolean>;
  /** Throws `not_found`, or `conflict` when the username is taken or no admin would be left. */
  update(id: string, edit: Edit<User>): Promise<User>;
  /** Removes the user with all sign-ins. True for exactly one caller. Throws `conflict` for the last admin. */
  remove(id: string): Promise<boolean>;

  /** Replaces the setup code; only its hash is kept. */
  issueSetupCode(codeHash: string): Promise<void>;
  /** True for exactly one caller that presents the current code; the code is gone then. */
  consumeSetupCode(codeHash: string): Promise<boolean>;

  createSession(session: LoginSession): Promise<void>;
  /** Null when unknown or expired at `atMs`. */
  findSession(tokenHash: string, atMs: number): Promise<LoginSession | null>;
  removeSession(tokenHash: string): Promise<void>;
  removeSessionsOf(userId: string): Promise<void>;
}
