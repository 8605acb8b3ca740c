/** The period over which a key's budgets count; `day` and `month` are UTC. */
export type LimitPeriod = "lifetime" | "day" | "month";

/** How much of a request is kept. A key may only lower what the gateway's setting allows. */
export type RecordingMode = "full" | "metadata" | "off";

/** A key's limits; null means unlimited. What each counts and is called: the table in `@copilot-llm/quota`. */
export interface KeyLimits {
  readonly maxRequests: number | null;
  /** Sum of billing multipliers. */
  readonly maxPremiumRequests: number | null;
  /** AI credits; fractions allowed. */
  readonly maxCredits: number | null;
  readonly limitPeriod: LimitPeriod;
  readonly requestsPerMinute: number | null;
  readonly tokensPerMinute: number | null;
  readonly maxConcurrency: number | null;
}

export const noLimits: KeyLimits = {
  maxRequests: null,
  maxPremiumRequests: null,
  maxCredits: null,
  limitPeriod: "lifetime",
  requestsPerMinute: null,
  tokensPerMinute: null,
  maxConcurrency: null,
};

/** The seat of the person who holds a key: their own GitHub token in the pool. */
export interface KeySeat {
  readonly tokenId: string;
  /** Their own requests go there first, as long as it can serve them; else they are spread like anybody's. */
  readonly servesFirst: boolean;
}

/** The value that a key had before it got its present one. */
export interface ReplacedKey {
  readonly keyHash: string;
  /** Until then it opens what the key opens. */
  readonly untilMs: number;
}

/** A managed key. The key itself is never stored: only its SHA-256 and a preview. */
export interface ApiKey {
  readonly id: string;
  readonly alias: string;
  /** Hex SHA-256 of the whole key. */
  readonly keyHash: string;
  /** The first 12 characters. */
  readonly keyPreview: string;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  /** Model ids or globs; null allows every model. */
  readonly allowedModels: readonly string[] | null;
  /** Only these tokens serve the key; null means any. */
  readonly githubTokenIds: readonly string[] | null;
  readonly limits: KeyLimits;
  readonly recording: RecordingMode | null;
  /** A username, or `system`; null where it is not known. */
  readonly createdBy: string | null;
  /** What its makers want to remember of it; empty: nothing. */
  readonly note: string;
  /** Whose limits hold as well. */
  readonly teamId: string | null;
  /** Null for a key whose holder brought no token by an invitation. */
  readonly seat: KeySeat | null;
  readonly replaced: ReplacedKey | null;
}
