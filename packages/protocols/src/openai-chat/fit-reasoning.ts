import type { CatalogueModel } from "@copilot-llm/model";
import { fitEffortOrBudget } from "../canonical/fit-reasoning.js";
import type { CanonicalRequest, ReasoningRequest } from "../canonical/request.js";

/** Efforts, or the service's own `thinking_budget` for models without. */
export function fitReasoning({ reasoning }: CanonicalRequest, model: CatalogueModel): ReasoningRequest | null {
  return reasoning === null ? null : { mode: null, ...fitEffortOrBudget(reasoning, model), summary: null };
}
