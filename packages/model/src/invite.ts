import type { KeyLimits, RecordingMode } from "./api-key.js";

/** What the key of whoever joins may do. */
export interface InvitedKey {
  readonly allowedModels: readonly string[] | null;
  readonly limits: KeyLimits;
  readonly recording: RecordingMode | null;
  readonly expiresAtMs: number | null;
  readonly teamId: string | null;
}

/** Who agreed to what. */
export interface Consent {
  readonly atMs: number;
  /** The words that were agreed to. */
  readonly text: string;
}

export interface Joined extends Consent {
  readonly tokenId: string;
  readonly keyId: string;
  /** When they left again. */
  readonly leftAtMs: number | null;
}

/** A link by which one person brings a seat into the pool. The code itself is never stored: only its SHA-256. */
export interface Invite {
  readonly id: string;
  /** Hex. */
  readonly codeHash: string;
  /** Whom it is for: what their token and their key will be called. */
  readonly name: string;
  readonly createdAtMs: number;
  /** The admin's username. */
  readonly createdBy: string;
  readonly expiresAtMs: number;
  readonly key: InvitedKey;
  /** The seat serves its owner's requests first. */
  readonly servesOwnerFirst: boolean;
  /** Until then somebody is about to join with it, and nobody else may. */
  readonly claimedUntilMs: number | null;
  /** Null until it was used. */
  readonly joined: Joined | null;
}
