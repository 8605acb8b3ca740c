import type { CatalogueModel, RoutingStrategy } from "@copilot-llm/model";
import type { LeaseRequest } from "./lease.js";
import type { PooledToken } from "./pooled-token.js";
import { drawsPremium } from "./premium-quota.js";
import type { Rotation } from "./rotation.js";

export interface SelectionPolicy {
  readonly strategy: RoutingStrategy;
  readonly rotation: Rotation;
  /** Requests under way on one token. */
  readonly maxConcurrency: number;
}

/**
 * `free`: it can serve now. `busy`: it could, were it not full, or its entity's quota on trial. `suspect` as `free`, but
 * another seat of its entity was refused for want of quota. `overage` as `free`, but its owner pays extra, which comes
 * after everything else.
 */
export type Fitness = "free" | "suspect" | "overage" | "busy" | "unfit";

/**
 * Whether the token can serve the request now. An untried, usable token that has the model and does not rest; with
 * `heedsAdvice` false one that rests for strikes alone will do.
 */
export function fitness(
  token: PooledToken,
  request: LeaseRequest,
  maxConcurrency: number,
  nowMs: number,
  heedsAdvice = true,
): Fitness {
  if (!token.isUsable || (heedsAdvice && token.rests.adviceUntilMs(nowMs) !== null)) return "unfit";
  const model = token.model(request.modelId);
  if (model === null || token.rests.untilMs(request.modelId, nowMs) !== null) return "unfit";
  if (request.triedTokenIds.length > 0 && request.triedTokenIds.includes(token.id)) return "unfit";
  const affordability = token.afford(model, request.initiator, nowMs);
  if (affordability === "none") return "unfit";
  if (hasTriedEntity(token, model, request, nowMs)) return "unfit";
  if (token.inFlight >= maxConcurrency) return "busy";
  const standing = drawsPremium(model) ? token.entity.standing(nowMs) : "trusted";
  if (standing !== "trusted") return standing === "suspect" ? "suspect" : "busy";
  return affordability === "overage" ? "overage" : "free";
}

/** Whether the request was refused by two seats of the entity, which is all that one request may ask of a quota. */
export function hasTriedEntity(
  { entity }: PooledToken,
  model: CatalogueModel,
  { triedTokenIds }: LeaseRequest,
  nowMs: number,
): boolean {
  return (
    triedTokenIds.length > 1 && entity.isShared && drawsPremium(model) && entity.hasHadItsTries(triedTokenIds, nowMs)
  );
}

/** What comes first, whatever the strategy. */
const rank = { free: 0, suspect: 1, overage: 2 } as const;

/** What a strategy compares before it lets tokens take turns: lower comes first. */
type Preference = (token: PooledToken, request: LeaseRequest, nowMs: number) => readonly [number, number];

const none = [0, 0] as const;
/** Resets this close are one. */
const resetGrainMs = 60 * 60_000;

const preferences: Readonly<Record<RoutingStrategy, Preference>> = {
  round_robin: () => none,
  most_remaining: (token, request, nowMs) => (isDrawn(token, request) ? [-token.quota.abundance(nowMs), 0] : none),
  fill_first: (token) => [token.order, 0],
  least_waste: (token, request, nowMs) => {
    if (!isDrawn(token, request)) return none;
    const { figures } = token.quota;
    return [Math.floor(figures.lostAtMs(nowMs) / resetGrainMs), -figures.abundance(nowMs)];
  },
};

/**
 * The strategy's choice among tokens; `busy` when all that could serve are full, null when none could.
 * - `round_robin`: turns (`Rotation`).
 * - `most_remaining`: the most premium quota left per time until its reset; free models and equals take turns.
 * - `fill_first`: the first in the order of adding.
 * - `least_waste`: the premium quota that would be lost soonest; of those lost together the one that would lose most for
 *   each hour that is left. Free models and equals take turns.
 * A request's preferred token comes before all of them, where it can serve as part of its quota.
 * Whatever the strategy, an account in paid overage serves only when no other can, and before it come the seats of a
 * billing entity that may have run out. Of tokens that rest for strikes the one whose rest ends first serves when there
 * are no others.
 */
export function select(
  tokens: Iterable<PooledToken>,
  request: LeaseRequest,
  policy: SelectionPolicy,
  nowMs: number,
): PooledToken | "busy" | null {
  const { strategy, rotation, maxConcurrency } = policy;
  const preferenceOf = preferences[strategy];
  let best: PooledToken | null = null;
  let bestRank = 0;
  let bestPreference: readonly [number, number] = none;
  const { preferredTokenId } = request;
  let isBusy = false;
  let someRestForStrikes = false;
  for (const token of tokens) {
    const fit = fitness(token, request, maxConcurrency, nowMs);
    if (fit === "busy") isBusy = true;
    else if (fit === "unfit") someRestForStrikes ||= token.rests.adviceUntilMs(nowMs) !== null;
    if (fit === "busy" || fit === "unfit") continue;
    if (fit === "free" && token.id === preferredTokenId) return token;
    const fitRank = rank[fit];
    const preference = preferenceOf(token, request, nowMs);
    if (best !== null) {
      const order = compare(fitRank, bestRank) || comparePairs(preference, bestPreference);
      if (order > 0 || (order === 0 && !rotation.isBefore(token, best))) continue;
    }
    best = token;
    bestRank = fitRank;
    bestPreference = preference;
  }
  if (best !== null) return best;
  if (isBusy || !someRestForStrikes) return isBusy ? "busy" : null;
  return selectResting(tokens, request, maxConcurrency, nowMs);
}

/** Rests for strikes are advice: a pool that heeded them all would refuse everybody although nobody was asked to rest. */
function selectResting(
  tokens: Iterable<PooledToken>,
  request: LeaseRequest,
  maxConcurrency: number,
  nowMs: number,
): PooledToken | "busy" | null {
  let first: PooledToken | null = null;
  let isBusy = false;
  const endOf = (token: PooledToken): number => token.rests.adviceUntilMs(nowMs) ?? 0;
  for (const token of tokens) {
    const fit = fitness(token, request, maxConcurrency, nowMs, false);
    if (fit === "busy") isBusy = true;
    if (fit === "busy" || fit === "unfit") continue;
    if (first === null || endOf(token) < endOf(first)) first = token;
  }
  return first ?? (isBusy ? "busy" : null);
}

/** What is unlimited is Infinity on both sides, which no subtraction orders. */
function compare(one: number, other: number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function comparePairs(one: readonly [number, number], other: readonly [number, number]): number {
  return compare(one[0], other[0]) || compare(one[1], other[1]);
}

function isDrawn(token: PooledToken, request: LeaseRequest): boolean {
  const model = token.model(request.modelId);
  return model !== null && drawsPremium(model);
}
