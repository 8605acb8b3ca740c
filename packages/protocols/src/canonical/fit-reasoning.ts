import type { CatalogueModel } from "@copilot-llm/model";
import { efforts, nearestEffort } from "./nearest-effort.js";
import type { ReasoningRequest } from "./request.js";

/** Up to which thinking budget an effort reaches. */
const effortBudgets: Readonly<Record<string, number>> = {
  minimal: 1024,
  low: 4096,
  medium: 12_288,
  high: 24_576,
  xhigh: 32_768,
  max: 65_536,
};

/** True for a model that thinks in any way. */
export function canThink({ supports }: CatalogueModel): boolean {
  return supports.reasoningEfforts.length > 0 || supports.adaptiveThinking || supports.maxThinkingBudgetTokens !== null;
}

export function isOff(reasoning: ReasoningRequest): boolean {
  return reasoning.mode === "disabled" || reasoning.effort === "none";
}

/** The effort that the model has nearest to what was asked; budgets become efforts. Null where it has none or none was asked. */
export function fitEffort(reasoning: ReasoningRequest, model: CatalogueModel): string | null {
  const wanted = wantedEffort(reasoning);
  const known = model.supports.reasoningEfforts;
  return wanted === null || known.length === 0 ? null : nearestEffort(wanted, known);
}

/** An effort, or a budget for a model that has no efforts. */
export function fitEffortOrBudget(
  reasoning: ReasoningRequest,
  model: CatalogueModel,
): Pick<ReasoningRequest, "effort" | "budgetTokens"> {
  const { reasoningEfforts: known, maxThinkingBudgetTokens } = model.supports;
  const effort = isOff(reasoning) && known.includes("none") ? "none" : fitEffort(reasoning, model);
  const takesBudget = effort === null && maxThinkingBudgetTokens !== null && !isOff(reasoning);
  return { effort, budgetTokens: takesBudget ? fitBudget(reasoning, model, null) : null };
}

/** A budget inside the model's limits and below the answer's; null when nothing is left for it. */
export function fitBudget(
  reasoning: ReasoningRequest,
  model: CatalogueModel,
  maxOutputTokens: number | null,
): number | null {
  const least = model.supports.minThinkingBudgetTokens ?? 1024;
  const most = Math.min(model.supports.maxThinkingBudgetTokens ?? Infinity, (maxOutputTokens ?? Infinity) - 1);
  const wanted = reasoning.budgetTokens ?? effortBudgets[reasoning.effort ?? "medium"] ?? 12_288;
  return most < least ? null : Math.min(most, Math.max(least, wanted));
}

function wantedEffort(reasoning: ReasoningRequest): string | null {
  if (isOff(reasoning)) return "minimal";
  if (reasoning.effort !== null) return reasoning.effort;
  const budget = reasoning.budgetTokens;
  if (budget === null) return null;
  return efforts.find((effort) => budget <= (effortBudgets[effort] ?? 0)) ?? "max";
}
