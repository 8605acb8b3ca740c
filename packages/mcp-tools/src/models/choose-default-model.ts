import type { Model } from "./model-schema.js";

/**
 * The model that a chat without `model` goes to: one that costs no premium quota if there is any, else the cheapest;
 * among equals the one with the largest context window. Undefined when there is no chat model.
 */
export function chooseDefaultModel(models: readonly Model[]): Model | undefined {
  return models.filter((model) => model.type === "chat").toSorted(compare)[0];
}

function compare(one: Model, other: Model): number {
  return (
    Number(one.is_premium) - Number(other.is_premium) ||
    (one.billing_multiplier ?? 0) - (other.billing_multiplier ?? 0) ||
    creditPrice(one) - creditPrice(other) ||
    (other.context_window ?? 0) - (one.context_window ?? 0) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** Token prices decide only where no multiplier does. */
function creditPrice(model: Model): number {
  return model.billing_multiplier === null ? (model.token_prices?.output ?? 0) : 0;
}
