import type { CatalogueModel, Wire } from "@copilot-llm/model";
import { efforts, nearestEffort } from "../canonical/nearest-effort.js";
import type { CanonicalRequest, ReasoningRequest } from "../canonical/request.js";

/** Up to which thinking budget an effort reaches. */
const effortBudgets: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 4096,
  medium: 12_288,
  high: 24_576,
  xhigh: 32_768,
  max: 65_536,
};

/**
 * Says what the client asked of the model's thinking in the words that this model takes on this wire: efforts it does
 * not know go to the nearest, budgets become efforts and the reverse. A model that cannot think is not asked to.
 */
export function fitReasoning(request: CanonicalRequest, wire: Wire, model: CatalogueModel): CanonicalRequest {
  const { reasoning } = request;
  const { supports } = model;
  const known = supports.reasoningEfforts;
  const hasBudget = supports.maxThinkingBudgetTokens !== null;
  const canThink = known.length > 0 || supports.adaptiveThinking || hasBudget;
  if (!canThink) return { ...request, reasoning: null };
  if (wire === "anthropic-messages") return { ...request, reasoning: fitThinking(request, model) };
  if (reasoning === null) {
    // Without it the service would not hand out the sealed reasoning that later turns need.
    return wire === "openai-responses" && known.length > 0 ? { ...request, reasoning: plainReasoning } : request;
  }
  const wanted = isOff(reasoning) && known.includes("none") ? "none" : wantedEffort(reasoning);
  const effort = wanted === null || known.length === 0 ? null : nearestEffort(wanted, known);
  const takesBudget = effort === null && hasBudget && !isOff(reasoning);
  const budgetTokens = takesBudget ? fitBudget(reasoning, model, null) : null;
  const summary = wire === "openai-responses" ? (reasoning.summary ?? shownSummary(reasoning)) : null;
  return { ...request, reasoning: { mode: null, effort, budgetTokens, summary } };
}

const plainReasoning: ReasoningRequest = { mode: null, effort: null, budgetTokens: null, summary: "auto" };

/** A client that asked for thinking wants to see it. */
function shownSummary(reasoning: ReasoningRequest): string | null {
  return reasoning.mode === "enabled" || reasoning.mode === "adaptive" ? "auto" : null;
}

function isOff(reasoning: ReasoningRequest): boolean {
  return reasoning.mode === "disabled" || reasoning.effort === "none";
}

function wantedEffort(reasoning: ReasoningRequest): string | null {
  if (isOff(reasoning)) return "minimal";
  if (reasoning.effort !== null) return reasoning.effort;
  const budget = reasoning.budgetTokens;
  if (budget === null) return null;
  return efforts.find((effort) => budget <= (effortBudgets[effort] ?? 0)) ?? "max";
}

function fitThinking(request: CanonicalRequest, model: CatalogueModel): ReasoningRequest | null {
  const { reasoning } = request;
  if (reasoning === null) return null;
  const { supports } = model;
  if (isOff(reasoning)) {
    return { mode: "disabled", effort: null, budgetTokens: null, summary: null };
  }
  const wanted = wantedEffort(reasoning);
  const known = supports.reasoningEfforts;
  const effort = wanted === null || known.length === 0 ? null : nearestEffort(wanted, known);
  if (supports.adaptiveThinking) return { mode: "adaptive", effort, budgetTokens: null, summary: null };
  const budgetTokens = fitBudget(reasoning, model, request.maxOutputTokens);
  return budgetTokens === null ? null : { mode: "enabled", effort, budgetTokens, summary: null };
}

/** A budget inside the model's limits and below the answer's; null when nothing is left for it. */
function fitBudget(reasoning: ReasoningRequest, model: CatalogueModel, maxOutputTokens: number | null): number | null {
  const least = model.supports.minThinkingBudgetTokens ?? 1024;
  const most = Math.min(model.supports.maxThinkingBudgetTokens ?? Infinity, (maxOutputTokens ?? Infinity) - 1);
  const wanted = reasoning.budgetTokens ?? effortBudgets[reasoning.effort ?? "medium"] ?? 12_288;
  return most < least ? null : Math.min(most, Math.max(least, wanted));
}
