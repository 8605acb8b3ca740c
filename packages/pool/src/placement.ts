import { GatewayError, LatestMap, type RoutingStrategy } from "@copilot-llm/model";
import { GrantedLease } from "./granted-lease.js";
import type { LeaseRequest, LeaseResult, RefusedLease } from "./lease.js";
import type { PooledToken } from "./pooled-token.js";
import { drawsPremium, premiumUnitsOf, unitsNeeded } from "./premium-quota.js";
import { explain } from "./refusal.js";
import { Rotation } from "./rotation.js";
import { fitness, select } from "./selection.js";
import { canSpare, type SpareRequest } from "./spare.js";

export interface PlacementOptions {
  readonly tokens: ReadonlyMap<string, PooledToken>;
  /** Those of `tokens` that may serve at all, and perhaps some that have just ceased to. */
  readonly usable: () => readonly PooledToken[];
  readonly maxConcurrency: number;
  /** Conversations whose token is remembered. */
  readonly maxConversations: number;
  readonly nowMs: () => number;
  readonly onRelease: (lease: GrantedLease) => void;
}

/** Finds the token for a request, and grants the lease: conversations, then the strategy. */
export class Placement {
  strategy: RoutingStrategy;
  readonly #options: PlacementOptions;
  readonly #everyToken: Iterable<PooledToken> = { [Symbol.iterator]: () => this.#options.tokens.values() };
  readonly #rotation = new Rotation();
  /** Conversation -> the token that served it last. */
  readonly #tokenIds: LatestMap<string, string>;
  #grants = 0;

  constructor(strategy: RoutingStrategy, options: PlacementOptions) {
    this.strategy = strategy;
    this.#options = options;
    this.#tokenIds = new LatestMap(options.maxConversations);
  }

  /** The number of the latest lease. */
  get newestGrant(): number {
    return this.#grants;
  }

  /** `busy`: all that could serve are full. */
  attempt(request: LeaseRequest): LeaseResult | "busy" {
    const nowMs = this.#options.nowMs();
    const previous = this.#previousToken(request);
    if (previous !== null && fitness(previous, request, this.#options.maxConcurrency, nowMs) === "free") {
      this.#rotation.direct(previous);
      return this.#grant(previous, request);
    }
    const chosen = this.#select(request, nowMs);
    if (chosen === "busy") return "busy";
    if (chosen === null) return explain(this.candidates(request), request, false, nowMs);
    return this.place(chosen, request, nowMs);
  }

  /** Why no token would be chosen; null where one would, free or full. Grants nothing. */
  refusal(request: LeaseRequest): RefusedLease | null {
    const nowMs = this.#options.nowMs();
    const chosen = this.#select(request, nowMs);
    return chosen === null ? explain(this.candidates(request), request, false, nowMs) : null;
  }

  /** What would be lost soonest goes first, whatever the strategy; conversations stay with their tokens. */
  spare(request: SpareRequest, isAnybodyWaiting: boolean): LeaseResult {
    const nowMs = this.#options.nowMs();
    if (!isAnybodyWaiting) {
      const sparing = [...this.#usable(request)].filter((token) =>
        canSpare(token, request, this.#options.maxConcurrency, nowMs),
      );
      const policy = {
        strategy: "least_waste",
        rotation: this.#rotation,
        maxConcurrency: this.#options.maxConcurrency,
      } as const;
      const chosen = select(sparing, request, policy, nowMs);
      if (chosen !== null && chosen !== "busy") {
        this.#rotation.direct(chosen);
        return this.#grant(chosen, request);
      }
    }
    return explain(this.candidates(request), request, false, nowMs);
  }

  /** Grants by choice, and moves the conversation there unless its own token is only full. */
  place(token: PooledToken, request: LeaseRequest, nowMs: number): LeaseResult {
    const previous = this.#previousToken(request);
    const comesBack =
      previous !== null &&
      previous !== token &&
      fitness(previous, request, this.#options.maxConcurrency, nowMs) === "busy";
    if (request.conversationId !== null && !comesBack) this.#tokenIds.set(request.conversationId, token.id);
    if (request.onlyTokenIds?.length === 1) this.#rotation.direct(token);
    else this.#rotation.place(token);
    return this.#grant(token, request);
  }

  #select(request: LeaseRequest, nowMs: number): PooledToken | "busy" | null {
    const policy = { strategy: this.strategy, rotation: this.#rotation, maxConcurrency: this.#options.maxConcurrency };
    return select(this.#usable(request), request, policy, nowMs);
  }

  #grant(token: PooledToken, request: LeaseRequest): LeaseResult {
    const model = token.model(request.modelId);
    if (model === null) throw new GatewayError("internal", "A token was chosen that lacks the model.");
    this.#grants += 1;
    const number = this.#grants;
    const isDrawn = drawsPremium(model);
    const provesQuota = isDrawn && unitsNeeded(model, request.initiator) > 0;
    const { entity } = token;
    if (entity.isShared && isDrawn && entity.standing(this.#options.nowMs()) === "suspect") entity.beginTrial(number);
    const units = isDrawn ? premiumUnitsOf(model, request.initiator) : 0;
    const grant = { token, model, number, units, provesQuota, isSpare: request.spare !== undefined };
    return { ok: true, lease: new GrantedLease(grant, this.#options.onRelease) };
  }

  /** The token that a continued conversation belongs to, if this request may use it. */
  #previousToken(request: LeaseRequest): PooledToken | null {
    if (request.conversationId === null || request.startsConversation) return null;
    const id = this.#tokenIds.use(request.conversationId);
    if (id === undefined || request.onlyTokenIds?.includes(id) === false) return null;
    return this.#options.tokens.get(id) ?? null;
  }

  /** As `candidates`, without those that serve nothing, of which there may be many. */
  #usable(request: LeaseRequest): Iterable<PooledToken> {
    return request.onlyTokenIds === null ? this.#options.usable() : this.candidates(request);
  }

  /** Those that the request may use, whatever they can do. */
  candidates(request: LeaseRequest): Iterable<PooledToken> {
    if (request.onlyTokenIds === null) return this.#everyToken;
    return request.onlyTokenIds.flatMap((id) => this.#options.tokens.get(id) ?? []);
  }
}
