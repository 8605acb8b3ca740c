import type { CatalogueModel } from "@copilot-llm/model";
import { fitEffortOrBudget } from "../canonical/fit-reasoning.js";
import type { CanonicalRequest, ReasoningRequest } from "../canonical/request.js";

const plainReasoning: ReasoningRequest = { mode: null, effort: null, budgetTokens: null, summary: "auto" };

/** Efforts and summaries. Without any the service would not hand out the sealed reasoning that later turns need. */
export function fitReasoning({ reasoning }: CanonicalRequest, model: CatalogueModel): ReasoningRequest | null {
  if (reasoning === null) return model.supports.reasoningEfforts.length > 0 ? plainReasoning : null;
  const summary = reasoning.summary ?? shownSummary(reasoning);
  return { mode: null, ...fitEffortOrBudget(reasoning, model), summary };
}

/** A client that asked for thinking wants to see it. */
function shownSummary(reasoning: ReasoningRequest): string | null {
  return reasoning.mode === "enabled" || reasoning.mode === "adaptive" ? "auto" : null;
}
