import type { JsonObject, JsonValue, Wire } from "@copilot-llm/model";
import type { ConnectModel, ModelCost } from "./connect-model.js";

const wireOfEndpoint: Readonly<Record<string, Wire>> = {
  "/v1/messages": "anthropic-messages",
  "/responses": "openai-responses",
  "/chat/completions": "openai-chat",
};

/**
 * The conversation models of `GET /openai/v1/models` (`data`) or `GET /api/models` (`models`). Items that are no such
 * model are left out; so is everything when the body is no list at all.
 */
export function decodeConnectModels(body: unknown): readonly ConnectModel[] {
  const list = isObject(body) ? (body.data ?? body.models) : undefined;
  return Array.isArray(list) ? list.flatMap(decodeModel) : [];
}

function decodeModel(item: JsonValue): ConnectModel[] {
  if (!isObject(item) || typeof item.id !== "string") return [];
  const capabilities = isObject(item.capabilities) ? item.capabilities : {};
  if ((capabilities.type ?? "chat") !== "chat") return [];
  return [
    {
      id: item.id,
      name: typeof item.name === "string" ? item.name : item.id,
      wires: decodeWires(item.supported_endpoints),
      callsTools: capabilities.tool_calls !== false,
      seesImages: capabilities.vision === true,
      cost: decodeCost(item),
      contextTokens: numberOrNull(item.context_window),
      outputTokens: numberOrNull(item.max_output_tokens),
    },
  ];
}

/** An absent or empty list means Chat only, as the service has it. */
function decodeWires(endpoints: JsonValue | undefined): readonly Wire[] {
  const known = Array.isArray(endpoints) ? endpoints.flatMap((endpoint) => wireOfEndpoint[String(endpoint)] ?? []) : [];
  return Array.isArray(endpoints) && endpoints.length > 0 ? known : ["openai-chat"];
}

function decodeCost(item: JsonObject): ModelCost | null {
  const multiplier = numberOrNull(item.billing_multiplier);
  const outputCredits = isObject(item.token_prices) ? numberOrNull(item.token_prices.output) : null;
  if (multiplier === null && outputCredits === null) return null;
  return { multiplier: multiplier ?? 0, outputCredits: outputCredits ?? 0 };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function numberOrNull(value: JsonValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}
