import {
  type CatalogueModel,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ModelBilling,
  type ModelSupport,
  type Wire,
} from "@copilot-llm/model";
import { filledStringOrNull, numberOrNull, objectOrEmpty, stringsOf } from "../json.js";
import { isInPlan } from "./is-in-plan.js";
import { mapTokenPrices } from "./map-token-prices.js";

/** In the order the SDK's own runtime prefers them (docs/copilot-service.md#wire-preference). */
const wireEndpoints: readonly (readonly [endpoint: string, wire: Wire])[] = [
  ["/v1/messages", "anthropic-messages"],
  ["/responses", "openai-responses"],
  ["/chat/completions", "openai-chat"],
];

/**
 * The models of a raw `GET /models` answer that an account of the plan can use, each id once (the first wins); null when
 * it is not a catalogue.
 */
export function mapCatalogue(body: JsonValue | undefined, plan: string | null): readonly CatalogueModel[] | null {
  const items = objectOrEmpty(body).data;
  if (!Array.isArray(items)) return null;
  const models = new Map<string, CatalogueModel>();
  for (const item of items) {
    const model = isJsonObject(item) && isInPlan(item, plan) ? mapModel(item) : null;
    if (model !== null && !models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()];
}

function mapModel(item: JsonObject): CatalogueModel | null {
  const id = filledStringOrNull(item.id);
  if (id === null) return null;
  const capabilities = objectOrEmpty(item.capabilities);
  const limits = objectOrEmpty(capabilities.limits);
  const kind = mapKind(filledStringOrNull(capabilities.type));
  const supportedEndpoints = stringsOf(item.supported_endpoints);
  return {
    id,
    name: filledStringOrNull(item.name) ?? id,
    vendor: filledStringOrNull(item.vendor) ?? "unknown",
    family: filledStringOrNull(capabilities.family) ?? id,
    version: filledStringOrNull(item.version) ?? id,
    preview: item.preview === true,
    kind,
    wires: kind === "chat" ? mapWires(supportedEndpoints) : [],
    supportedEndpoints,
    contextWindowTokens: numberOrNull(limits.max_context_window_tokens),
    maxPromptTokens: numberOrNull(limits.max_prompt_tokens),
    maxOutputTokens: numberOrNull(limits.max_output_tokens),
    maxInputs: numberOrNull(limits.max_inputs),
    tokenizer: filledStringOrNull(capabilities.tokenizer),
    supports: mapSupport(objectOrEmpty(capabilities.supports)),
    billing: mapBilling(objectOrEmpty(item.billing)),
    enabled: objectOrEmpty(item.policy).state !== "disabled",
    raw: item,
  };
}

/** An item without a type is a chat model: the smallest items that the SDK accepts have none. */
function mapKind(type: string | null): CatalogueModel["kind"] {
  if (type === null || type === "chat") return "chat";
  return type === "embeddings" ? "embeddings" : "other";
}

function mapWires(supportedEndpoints: readonly string[]): readonly Wire[] {
  if (supportedEndpoints.length === 0) return ["openai-chat"];
  return wireEndpoints.filter(([endpoint]) => supportedEndpoints.includes(endpoint)).map(([, wire]) => wire);
}

function mapSupport(supports: JsonObject): ModelSupport {
  return {
    streaming: supports.streaming === true,
    toolCalls: supports.tool_calls === true,
    parallelToolCalls: supports.parallel_tool_calls === true,
    vision: supports.vision === true,
    structuredOutputs: supports.structured_outputs === true,
    adaptiveThinking: supports.adaptive_thinking === true,
    reasoningEfforts: stringsOf(supports.reasoning_effort),
    minThinkingBudgetTokens: numberOrNull(supports.min_thinking_budget),
    maxThinkingBudgetTokens: numberOrNull(supports.max_thinking_budget),
  };
}

function mapBilling(billing: JsonObject): ModelBilling {
  const multiplier = numberOrNull(billing.multiplier);
  const tokenPrices = mapTokenPrices(objectOrEmpty(billing.token_prices));
  const costs = (multiplier ?? 0) > 0 || (tokenPrices?.inputNanoAiu ?? 0) > 0;
  return { isPremium: typeof billing.is_premium === "boolean" ? billing.is_premium : costs, multiplier, tokenPrices };
}
