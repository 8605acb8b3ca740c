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
  /** Null before the first. */
  readonly lastSignInAtMs: number | null;
  /** Who this is at the company's identity provider (its issuer and subject); null for who signs in by password. */
  readonly externalId: string | null;
}

export type SignInMethod = "password" | "oidc";

/** A signed-in browser or script. The session token itself is never stored, only its SHA-256. */
export interface LoginSession {
  readonly tokenHash: string;
  readonly userId: string;
  readonly createdAtMs: number;
  /** Moved on while it is used. */
  readonly expiresAtMs: number;
  /** Within minutes. */
  readonly lastSeenAtMs: number;
  readonly method: SignInMethod;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
}
