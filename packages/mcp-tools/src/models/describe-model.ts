import type { Model } from "./model-schema.js";

/** One line: `gpt-5-mini (default): GPT-5 mini, openai; included; 264000 tokens of context; vision`. */
export function describeModel(model: Model, defaultModel: string | null): string {
  const facts = [
    `${model.name}, ${model.vendor}`,
    describePrice(model),
    ...(model.type === "chat" ? [] : [`${model.type} model, not for chat`]),
    ...(model.context_window === null ? [] : [`${model.context_window} tokens of context`]),
    ...(model.vision ? ["vision"] : []),
  ];
  return `${model.id}${model.id === defaultModel ? " (default)" : ""}: ${facts.join("; ")}`;
}

function describePrice({ billing_multiplier: multiplier, token_prices: prices }: Model): string {
  if (multiplier !== null) return multiplier === 0 ? "included" : `${multiplier} premium requests per message`;
  if (prices === null) return "price unknown";
  return `${prices.input} credits per million input tokens, ${prices.output} per million output tokens`;
}
