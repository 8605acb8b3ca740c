import type { Wire } from "@copilot-llm/model";
import type { ConnectModel } from "./connect-model.js";

/** What a client wants of the model in one of its roles. */
export interface ModelNeed {
  /** The wires that the client can speak, the usual one first. */
  readonly wires: readonly Wire[];
  /** An agent without tools does nothing. */
  readonly needsTools: boolean;
  /** What its prompts take before anything was asked; models that are known to hold less do not fit. */
  readonly minContextTokens: number;
  /** `able`: the model for the work itself. `cheap`: for titles, summaries and the like. */
  readonly prefers: "able" | "cheap";
  /** Names that stand for what the client is made for, best first. */
  readonly names: readonly RegExp[];
}

/**
 * The models that do in this role, best first: those that speak the client's own wire, so that nothing is translated, then those
 * with a fitting name, then as the catalogue has them. Where it should be cheap, cost comes before both.
 */
export function fittingModels(models: readonly ConnectModel[], need: ModelNeed): readonly ConnectModel[] {
  const ranks = (model: ConnectModel): readonly number[] => {
    const wire = rankOf(need.wires, (candidate) => model.wires.includes(candidate)) < need.wires.length ? 0 : 1;
    const name = rankOf(need.names, (pattern) => pattern.test(model.id));
    return need.prefers === "cheap" ? [...costRanks(model), wire, name] : [wire, name];
  };
  return models
    .filter((model) => model.callsTools || !need.needsTools)
    .filter(({ contextTokens }) => contextTokens === null || contextTokens >= need.minContextTokens)
    .map((model, index) => ({ model, order: [...ranks(model), index] }))
    .sort((a, b) => compareRanks(a.order, b.order))
    .map(({ model }) => model);
}

/** Output credits count only between models of one multiplier: where there are multipliers, they are what is paid. */
function costRanks({ cost }: ConnectModel): readonly number[] {
  return cost === null ? [Number.MAX_VALUE, 0] : [cost.multiplier, cost.outputCredits];
}

function rankOf<Item>(items: readonly Item[], isMet: (item: Item) => boolean): number {
  const index = items.findIndex(isMet);
  return index === -1 ? items.length : index;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const difference = a.map((rank, index) => rank - (b[index] ?? 0)).find((value) => value !== 0);
  return difference ?? 0;
}
