import type { SimulatedModel } from "../catalogue/simulated-model.js";
import { isJsonObject, type JsonObject, numberOf } from "../json-value.js";
import { found } from "./finding.js";
import type { RuleRow } from "./rule-row.js";

export interface EmbeddingsInput {
  readonly body: JsonObject;
  readonly model: SimulatedModel;
}

/** What `/embeddings` refuses. */
export const embeddingsRules: readonly RuleRow<EmbeddingsInput>[] = [
  {
    id: "embeddings-input",
    refuses: "an `input` that is no list of texts: one text, token arrays, an empty list",
    source: "ericc-ch/copilot-api#59",
    check: ({ body: { input } }) => {
      const isTexts = Array.isArray(input) && input.length > 0 && input.every((text) => typeof text === "string");
      return isTexts ? undefined : found;
    },
    error: { status: 400, shape: "text", message: "Bad Request" },
  },
  {
    id: "embeddings-too-many-inputs",
    refuses: "more texts than the model's `limits.max_inputs` (512)",
    source: "langchain#21188",
    check: ({ body: { input }, model }) => {
      const limit = maximumInputs(model);
      return limit !== undefined && Array.isArray(input) && input.length > limit ? { limit } : undefined;
    },
    error: { status: 400, shape: "service", message: "at most {limit} inputs are allowed" },
  },
];

/** `capabilities.limits.max_inputs` of the catalogue item. */
function maximumInputs({ item }: SimulatedModel): number | undefined {
  const limits = isJsonObject(item.capabilities) ? item.capabilities.limits : undefined;
  return isJsonObject(limits) ? numberOf(limits.max_inputs) : undefined;
}
