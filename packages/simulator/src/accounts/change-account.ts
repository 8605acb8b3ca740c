import type { Account, AccountStanding, PolicyState } from "./account.js";
import type { AccountDirectory } from "./account-directory.js";
import { setUsedPremium } from "./quota.js";

/** What a test can change about an account that exists. `used` is in premium requests or AI credits. */
export interface AccountChange {
  readonly standing?: AccountStanding;
  readonly entitlement?: number;
  readonly used?: number;
  readonly overagePermitted?: boolean;
  readonly quotaResetAtMs?: number;
  readonly modelPolicy?: Readonly<Record<string, PolicyState>>;
}

/** The account of a login or token; throws for an unknown one. */
export function requireAccount(accounts: AccountDirectory, loginOrToken: string): Account {
  const account = accounts.find(loginOrToken);
  if (account === undefined) throw new Error("no such account in the simulator");
  return account;
}

/** Applies a change to an account. */
export function changeAccount(account: Account, change: AccountChange): void {
  account.standing = change.standing ?? account.standing;
  account.entitlement = change.entitlement ?? account.entitlement;
  account.overagePermitted = change.overagePermitted ?? account.overagePermitted;
  account.quotaResetAtMs = change.quotaResetAtMs ?? account.quotaResetAtMs;
  if (change.used !== undefined) setUsedPremium(account, change.used);
  for (const [model, policy] of Object.entries(change.modelPolicy ?? {})) account.modelPolicy.set(model, policy);
}
