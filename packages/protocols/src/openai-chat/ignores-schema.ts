import type { CatalogueModel, JsonObject } from "@copilot-llm/model";
import { objectOrNull } from "../body/json.js";

/**
 * True for a request that wants structured output of a Claude model: the service answers as if it had not been
 * asked (docs/copilot-service.md#chat-ignores-schema). Another of the model's wires may keep it.
 */
export function ignoresSchema(body: JsonObject, model: Pick<CatalogueModel, "vendor">): boolean {
  const format = objectOrNull(body.response_format);
  return format?.type === "json_schema" && model.vendor === "Anthropic";
}
