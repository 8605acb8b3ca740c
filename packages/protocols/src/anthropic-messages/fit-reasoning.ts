import type { CatalogueModel } from "@copilot-llm/model";
import { fitBudget, fitEffort, isOff } from "../canonical/fit-reasoning.js";
import type { CanonicalRequest, ReasoningRequest } from "../canonical/request.js";

/** Adaptive thinking where the model has it, else a budget; none where the answer's limit leaves no room for one. */
export function fitReasoning(request: CanonicalRequest, model: CatalogueModel): ReasoningRequest | null {
  const { reasoning } = request;
  if (reasoning === null) return null;
  if (isOff(reasoning)) return { mode: "disabled", effort: null, budgetTokens: null, summary: null };
  const effort = fitEffort(reasoning, model);
  if (model.supports.adaptiveThinking) return { mode: "adaptive", effort, budgetTokens: null, summary: null };
  const budgetTokens = fitBudget(reasoning, model, request.maxOutputTokens);
  return budgetTokens === null ? null : { mode: "enabled", effort, budgetTokens, summary: null };
}
