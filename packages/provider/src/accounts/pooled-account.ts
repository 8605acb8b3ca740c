import type { UpstreamAccount } from "@copilot-llm/copilot";
import type { Cancel, GithubToken, UpstreamFailureKind } from "@copilot-llm/model";

/** What is known of a pooled account beside the pool's state of it. */
export interface AccountFacts {
  /** Why the last check did not succeed; null after one that did. Fit to show to an admin. */
  readonly problem: string | null;
  readonly problemKind: UpstreamFailureKind | null;
  readonly warning: string | null;
}

/** Who pays for a seat. */
export interface Organization {
  /** Null where no organisation pays. */
  readonly login: string | null;
  readonly askedAtMs: number;
}

/** A token in the pool, with its account. */
export interface PooledAccount {
  readonly tokenId: string;
  /** As stored when last looked at. */
  token: GithubToken;
  readonly account: UpstreamAccount;
  facts: AccountFacts;
  /** Who pays for a seat, as GitHub said it; null before. */
  organization: Organization | null;
  failures: number;
  checking: Promise<void> | null;
  cancelNext: Cancel | null;
}

export const unknownFacts: AccountFacts = { problem: null, problemKind: null, warning: null };

export function isSameSecret(one: GithubToken, other: GithubToken): boolean {
  return one.secret?.reveal() === other.secret?.reveal();
}
