import type { CatalogueModel, ModelBilling, QuotaUnit, Settings } from "@copilot-llm/model";
import type { Pool, TokenView } from "@copilot-llm/pool";
import type { Accounts } from "../accounts/accounts.js";

/** A model as an admin sees it: whose it is, and by which other ways requests come to it. */
export interface ModelOverview {
  readonly model: CatalogueModel;
  /** The pooled tokens that have it. */
  readonly tokens: readonly NamedToken[];
  /** The pooled tokens that lack it, and why. */
  readonly lackingTokens: readonly LackingToken[];
  /** One for each way in which the tokens' accounts bill it. */
  readonly billing: readonly BilledModel[];
  /** Configured names for it. */
  readonly aliases: readonly string[];
  /** What serves in its stead when no token can. */
  readonly fallbacks: readonly string[];
}

interface NamedToken {
  readonly id: string;
  readonly alias: string;
}

export interface LackingToken extends NamedToken {
  /** The token serves nothing; its account has the model switched off; its account does not have the model. */
  readonly reason: "disabled" | "checking" | "auth_failed" | "policy" | "not_offered";
}

export interface BilledModel {
  /** What it costs is counted in; null for a model that is free wherever it is. */
  readonly unit: QuotaUnit | null;
  readonly billing: ModelBilling;
  readonly tokenIds: readonly string[];
}

/** Every model of the pool, by id. */
export function listModelOverviews(pool: Pool, accounts: Accounts, settings: Settings): readonly ModelOverview[] {
  const { modelAliases, modelFallbacks } = settings;
  const views = pool.tokens();
  const named = (id: string): NamedToken => ({ id, alias: accounts.alias(id) ?? id });
  return [...pool.models()]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((model) => {
      const tokenIds = pool.tokensWith(model.id);
      const lacking = views.filter(({ id }) => !tokenIds.includes(id));
      return {
        model,
        tokens: tokenIds.map(named),
        lackingTokens: lacking.map((view) => ({ ...named(view.id), reason: reasonOf(view, model.id) })),
        billing: billingOf(pool, model.id, tokenIds),
        aliases: Object.keys(modelAliases).filter((alias) => modelAliases[alias] === model.id),
        fallbacks: Object.hasOwn(modelFallbacks, model.id) ? (modelFallbacks[model.id] ?? []) : [],
      };
    });
}

function reasonOf({ state, disabledModelIds }: TokenView, modelId: string): LackingToken["reason"] {
  if (state.status === "disabled" || state.status === "checking" || state.status === "auth_failed") return state.status;
  return disabledModelIds.includes(modelId) ? "policy" : "not_offered";
}

function billingOf(pool: Pool, modelId: string, tokenIds: readonly string[]): readonly BilledModel[] {
  const ways = new Map<string, { readonly billing: ModelBilling; readonly tokenIds: string[] }>();
  for (const tokenId of tokenIds) {
    const billing = pool.findModel(modelId, [tokenId])?.billing;
    if (billing === undefined) continue;
    const way = JSON.stringify([billing.multiplier, billing.tokenPrices]);
    const known = ways.get(way);
    if (known === undefined) ways.set(way, { billing, tokenIds: [tokenId] });
    else known.tokenIds.push(tokenId);
  }
  return Array.from(ways.values(), (way) => ({ unit: unitOf(way.billing), ...way }));
}

function unitOf({ multiplier, tokenPrices }: ModelBilling): QuotaUnit | null {
  if (multiplier !== null) return multiplier > 0 ? "premium_requests" : null;
  return tokenPrices === null ? null : "credits";
}
