import type { Account, CopilotPlan, PolicyState } from "../accounts/account.js";
import { isJsonObject, type JsonObject } from "../json-value.js";
import type { CreditPrices, SimulatedModel } from "./simulated-model.js";

const batchSize = 1_000_000;
const nanoAiuPerCredit = 1e9;

const restrictionByPlan: Record<CopilotPlan, string> = {
  free: "free",
  individual: "pro",
  individual_pro: "pro_plus",
  individual_max: "max",
  business: "business",
  enterprise: "enterprise",
};

/** First version whose prices say `cache_read_price` where earlier ones said `cache_price`. */
const cacheReadPriceVersion = "2026-08-01";

/**
 * The raw items of `GET /models` for this account: its billing shape and its policies. `apiVersion` is what the client
 * asked for in `X-GitHub-Api-Version`; none is the oldest.
 */
export function renderCatalogue(
  models: readonly SimulatedModel[],
  account: Account,
  apiVersion: string | undefined,
): JsonObject[] {
  const cacheField: CacheField =
    apiVersion !== undefined && apiVersion >= cacheReadPriceVersion ? "cache_read_price" : "cache_price";
  const shown = models.filter((model) => !account.hiddenModels.has(model.id));
  return shown.map((model) => renderItem(model, account, cacheField));
}

type CacheField = "cache_price" | "cache_read_price";

/** The policy that applies to a model for an account. A model without a policy is enabled. */
export function policyOf(model: SimulatedModel, account: Account): PolicyState {
  const own = account.modelPolicy.get(model.id);
  if (own !== undefined) return own;
  const policy = model.item.policy;
  const state = isJsonObject(policy) ? policy.state : undefined;
  return state === "disabled" || state === "unconfigured" ? state : "enabled";
}

/** True when the account's plan may use the model. */
export function isInPlan(model: SimulatedModel, account: Account): boolean {
  return model.restrictedTo === undefined || model.restrictedTo.includes(restrictionByPlan[account.plan]);
}

function renderItem(model: SimulatedModel, account: Account, cacheField: CacheField): JsonObject {
  const state = policyOf(model, account);
  const policy =
    isJsonObject(model.item.policy) || account.modelPolicy.has(model.id)
      ? { policy: { terms: "", ...(isJsonObject(model.item.policy) ? model.item.policy : {}), state } }
      : {};
  return {
    billing: account.billing === "premium" ? premiumBilling(model) : creditBilling(model, cacheField),
    ...model.item,
    ...policy,
  };
}

function premiumBilling(model: SimulatedModel): JsonObject {
  return {
    is_premium: model.multiplier > 0,
    multiplier: model.multiplier,
    ...(model.restrictedTo === undefined ? {} : { restricted_to: model.restrictedTo }),
  };
}

function creditBilling(model: SimulatedModel, cacheField: CacheField): JsonObject {
  const restriction = model.restrictedTo === undefined ? {} : { restricted_to: model.restrictedTo };
  if (model.flatPriceForm) {
    return {
      ...restriction,
      token_prices: {
        batch_size: batchSize,
        input_price: model.prices.input * nanoAiuPerCredit,
        output_price: model.prices.output * nanoAiuPerCredit,
        [cacheField]: model.prices.cacheRead * nanoAiuPerCredit,
      },
    };
  }
  return {
    ...restriction,
    token_prices: {
      batch_size: batchSize,
      default: priceList(model.prices, model.longContext?.beyondTokens ?? model.maxPromptTokens, cacheField),
      ...(model.longContext === undefined
        ? {}
        : { long_context: priceList(model.longContext.prices, model.longContext.contextMax, cacheField) }),
    },
  };
}

function priceList(prices: CreditPrices, contextMax: number, cacheField: CacheField): JsonObject {
  return {
    [cacheField]: prices.cacheRead,
    cache_write_price: prices.cacheWrite,
    context_max: contextMax,
    input_price: prices.input,
    output_price: prices.output,
  };
}
