import type { Secret } from "./secret.js";

/** How an account reaches the SDK runtime (docs/copilot-service.md#account-types). */
export type GithubTokenKind = "user" | "app_installation" | "logged_in_user";

/** What is stored of a pooled GitHub token. */
export interface GithubToken {
  readonly id: string;
  /** Unique, chosen by the admin. */
  readonly alias: string;
  readonly kind: GithubTokenKind;
  /** The token itself; null for kinds that have none of their own at rest. */
  readonly secret: Secret | null;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  /** As last learnt from GitHub; null before the first successful check. */
  readonly login: string | null;
  readonly plan: string | null;
  /** Who pays for it, as an admin says; null: as the account's own answer says. */
  readonly billingEntity: string | null;
}

/** What the pool thinks of a token right now. `reason` is fit to show to an admin. */
export type TokenState =
  | { readonly status: "checking" }
  | { readonly status: "active" }
  | { readonly status: "cooling"; readonly untilMs: number; readonly reason: string }
  | { readonly status: "exhausted"; readonly untilMs: number | null; readonly reason: string }
  | { readonly status: "auth_failed"; readonly reason: string }
  | { readonly status: "disabled" };

export type TokenStatus = TokenState["status"];
