import type { CatalogueModel, GithubToken } from "@copilot-llm/model";
import { type Billing, quotaUnitOf } from "@copilot-llm/pool";

/** Who pays for a token, and who says so: an admin, or the account's own answer. */
export interface Payer {
  /** As an admin wrote it, or the login of the organisation or of the account itself. */
  readonly name: string;
  readonly source: "admin" | "organization" | "account";
}

/** AI credits a month that a seat brings to its organisation's pool, by plan (docs/quota.md). */
const seatCredits: ReadonlyMap<string, number> = new Map([
  ["business", 1_900],
  ["enterprise", 3_900],
]);

/** Whether the account is a seat on usage-based billing, which draws on its organisation's pool. */
export function isPooledSeat(plan: string | null, models: readonly CatalogueModel[]): boolean {
  return plan !== null && seatCredits.has(plan) && quotaUnitOf(models) === "credits";
}

/** `organization`: the one that pays for the seat; null where none does, or it is not known. */
export function payerOf(token: GithubToken, organization: string | null): Payer {
  if (token.billingEntity !== null) return { name: token.billingEntity, source: "admin" };
  if (organization !== null) return { name: organization, source: "organization" };
  return { name: token.login ?? token.alias, source: "account" };
}

/** As the pool takes it. Names of users and organisations are one namespace in GitHub, without regard to case. */
export function billingOf(token: GithubToken, organization: string | null): Billing {
  const payer = payerOf(token, organization);
  const accountId = token.login?.toLowerCase() ?? token.id;
  return {
    entityId: payer.source === "account" ? accountId : payer.name.toLowerCase(),
    accountId,
    seatEntitlement: (payer.source === "account" ? null : seatCredits.get(token.plan ?? "")) ?? null,
  };
}
