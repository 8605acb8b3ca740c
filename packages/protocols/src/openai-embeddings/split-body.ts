import type { CatalogueModel, JsonObject } from "@copilot-llm/model";
import { isArray } from "../body/json.js";

/** OpenAI's own API takes four times as many texts at once as the service does (docs/copilot-service.md#embeddings-input). */
export function splitBody(body: JsonObject, { maxInputs }: CatalogueModel): readonly JsonObject[] {
  const { input } = body;
  if (maxInputs === null || maxInputs < 1 || !isArray(input) || input.length <= maxInputs) return [body];
  const count = Math.ceil(input.length / maxInputs);
  return Array.from({ length: count }, (_, index) => ({
    ...body,
    input: input.slice(index * maxInputs, (index + 1) * maxInputs),
  }));
}
