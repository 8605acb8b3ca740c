export type UserRole = "admin" | "viewer";

/** A person who may open the console. */
export interface User {
  readonly id: string;
  /** Unique, compared without case. */
  readonly username: string;
  /** Self-describing (`scrypt$…`); never leaves the stores and the verb that checks it. */
  readonly passwordHash: string;
  readonly role: UserRole;
  readonly createdAtMs: number;
}

/** A signed-in browser or script. The session token itself is never stored, only its SHA-256. */
export interface LoginSession {
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}
