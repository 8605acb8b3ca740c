import type { CatalogueModel, Settings } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Accounts } from "../accounts/accounts.js";

/** A model as an admin sees it: whose it is, and by which other ways requests come to it. */
export interface ModelOverview {
  readonly model: CatalogueModel;
  /** The pooled tokens that have it. */
  readonly tokens: readonly { readonly id: string; readonly alias: string }[];
  /** Configured names for it. */
  readonly aliases: readonly string[];
  /** What serves in its stead when no token can. */
  readonly fallbacks: readonly string[];
}

/** Every model of the pool, by id. */
export function listModelOverviews(pool: Pool, accounts: Accounts, settings: Settings): readonly ModelOverview[] {
  const { modelAliases, modelFallbacks } = settings;
  return [...pool.models()]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((model) => ({
      model,
      tokens: pool.tokensWith(model.id).map((id) => ({ id, alias: accounts.alias(id) ?? id })),
      aliases: Object.keys(modelAliases).filter((alias) => modelAliases[alias] === model.id),
      fallbacks: Object.hasOwn(modelFallbacks, model.id) ? (modelFallbacks[model.id] ?? []) : [],
    }));
}
