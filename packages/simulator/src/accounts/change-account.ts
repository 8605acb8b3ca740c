import type { Account, AccountStanding, PolicyState } from "./account.js";
import type { AccountDirectory } from "./account-directory.js";
import type { BillingEntity } from "./billing-entity.js";
import { setUsedPremium } from "./quota.js";

/** What a test can change about an account that exists. `used` is what the account itself used, in premium requests or AI credits. */
export interface AccountChange {
  readonly standing?: AccountStanding;
  readonly entitlement?: number;
  readonly used?: number;
  readonly overagePermitted?: boolean;
  readonly quotaResetAtMs?: number;
  readonly personalBudget?: number;
  readonly modelPolicy?: Readonly<Record<string, PolicyState>>;
}

/** The account of a login or token; throws for an unknown one. */
export function requireAccount(accounts: AccountDirectory, loginOrToken: string): Account {
  const account = accounts.find(loginOrToken);
  if (account === undefined) throw new Error("no such account in the simulator");
  return account;
}

/** The organisation that pays for seats; throws for an unknown one. */
export function requireEntity(accounts: AccountDirectory, organization: string): BillingEntity {
  const entity = accounts.entities().find((candidate) => candidate.organization === organization);
  if (entity === undefined) throw new Error("no such organisation pays for seats in the simulator");
  return entity;
}

/** Applies a change to an account. */
export function changeAccount(account: Account, change: AccountChange): void {
  account.standing = change.standing ?? account.standing;
  account.entitlement = change.entitlement ?? account.entitlement;
  account.overagePermitted = change.overagePermitted ?? account.overagePermitted;
  account.personalBudget = change.personalBudget ?? account.personalBudget;
  for (const seat of account.entity?.seats ?? [account]) {
    seat.quotaResetAtMs = change.quotaResetAtMs ?? seat.quotaResetAtMs;
  }
  if (change.used !== undefined) setUsedPremium(account, change.used);
  for (const [model, policy] of Object.entries(change.modelPolicy ?? {})) account.modelPolicy.set(model, policy);
}
