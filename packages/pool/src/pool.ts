import {
  type CatalogueModel,
  type Clock,
  GatewayError,
  premiumBucket,
  type QuotaSnapshot,
  type Randomness,
  type RoutingStrategy,
  type TokenState,
  type UpstreamFailure,
  type UpstreamFailureKind,
} from "@copilot-llm/model";
import { BillingEntities } from "./billing-entities.js";
import type { Billing } from "./billing-entity.js";
import { CatalogueIndex } from "./catalogue-index.js";
import { type EntityView, entityViewOf } from "./entity-view.js";
import { EntityWatch, entityOutlook } from "./entity-watch.js";
import { type FailoverAction, failoverTable } from "./failover-table.js";
import { GrantedLease } from "./granted-lease.js";
import type { Lease, LeaseRequest, LeaseResult, RefusedLease } from "./lease.js";
import { canServe, earliestReturnMs } from "./outlook.js";
import { Placement } from "./placement.js";
import { PoolTime } from "./pool-time.js";
import { PooledToken } from "./pooled-token.js";
import { explain } from "./refusal.js";
import { fitness } from "./selection.js";
import type { SpareTerms } from "./spare-terms.js";
import { type StateListener, StateWatch } from "./state-watch.js";
import { type TokenView, viewOf } from "./token-view.js";
import { abandoned, WaitQueue } from "./wait-queue.js";

export interface PoolOptions {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly strategy?: RoutingStrategy;
  /** Requests under way on one token at a time; unlimited unless given. */
  readonly maxConcurrencyPerToken?: number;
  /** Requests that may wait for a place; 256 unless given. */
  readonly maxWaiting?: number;
  /** 10 s unless given. */
  readonly maxWaitMs?: number;
  /** Conversations whose token is remembered; 10,000 unless given. */
  readonly maxConversations?: number;
}

/** What a request does after a failure, and how the token stands now. */
export interface FailoverStep {
  readonly action: FailoverAction;
  /** Null when the token has left the pool meanwhile. */
  readonly state: TokenState | null;
}

/**
 * Which token serves a request.
 *
 * | a token is | when | serves |
 * |---|---|---|
 * | disabled | an admin says so | nothing |
 * | checking | added, no catalogue or sign-in yet | nothing |
 * | auth_failed | 401 or 403; until `markActive` | nothing |
 * | cooling | rate limited, or three strikes in a row; for `retry-after`, else backing off | nothing |
 * | exhausted | 402, or the quota figures say so; until the reset or better figures | free models |
 * | active | else | its catalogue, save models that rest on it |
 *
 * | a request | goes to |
 * |---|---|
 * | that continues a conversation | the token that last served it, while that can; when that is only full, elsewhere this once |
 * | else | the strategy's choice (`select`) among untried tokens that can serve |
 * | for which all that could are full | a place in the queue, first come, first served |
 * | of the lowest priority (`LeaseRequest.spare`) | a token with quota to spare while nobody waits, or none: never overage, never a suspect |
 *
 * | after a 402 of a token whose billing entity has others | they |
 * |---|---|
 * | at first | are suspect: other entities come first, and one request at a time finds out; a second waits for it |
 * | when one of them answers, or GitHub, asked anew, says that it has quota | serve as before: it was a person's budget |
 * | when a second is refused | are exhausted, and tried again after an hour, unless the refusal showed quota left |
 *
 * What a failure does is `failoverTable`. One pool belongs to one process; methods are atomic, as none awaits inside.
 */
export class Pool {
  readonly #time: PoolTime;
  readonly #randomness: Randomness;
  readonly #maxConcurrency: number;
  readonly #tokens = new Map<string, PooledToken>();
  readonly #entities = new BillingEntities();
  readonly #catalogues = new CatalogueIndex(this.#tokens);
  readonly #placement: Placement;
  readonly #queue: WaitQueue;
  readonly #watch: StateWatch;
  readonly #entityWatch: EntityWatch;
  #added = 0;

  constructor(options: PoolOptions) {
    this.#time = new PoolTime(options.clock, (byMs) => this.#setBack(byMs));
    this.#randomness = options.randomness;
    this.#maxConcurrency = options.maxConcurrencyPerToken ?? Number.POSITIVE_INFINITY;
    this.#placement = new Placement(options.strategy ?? "round_robin", {
      tokens: this.#tokens,
      usable: () => this.#catalogues.usable,
      maxConcurrency: this.#maxConcurrency,
      maxConversations: options.maxConversations ?? 10_000,
      nowMs: () => this.#now(),
      onRelease: (lease) => this.#released(lease),
    });
    this.#queue = new WaitQueue({
      clock: options.clock,
      maxWaiting: options.maxWaiting ?? 256,
      maxWaitMs: options.maxWaitMs ?? 10_000,
      refuse: (request) => explain(this.#placement.candidates(request), request, true, this.#now()),
    });
    this.#watch = new StateWatch(options.clock, () => this.#serveWaiting());
    this.#entityWatch = new EntityWatch(this.#tokens, this.#watch);
  }

  setStrategy(strategy: RoutingStrategy): void {
    this.#placement.strategy = strategy;
  }

  /** `checking` until its catalogue is set or it is marked active. Throws `conflict` when the id is in the pool. */
  addToken(id: string, options: { readonly enabled: boolean }): void {
    if (this.#tokens.has(id)) throw new GatewayError("conflict", `Token ${id} is in the pool already.`);
    this.#added += 1;
    const token = new PooledToken(id, this.#added, this.#entities.create(id), options.enabled, this.#randomness);
    this.#tokens.set(id, token);
    this.#watch.look(token);
  }

  /** Leases under way stay valid. Here and below an id that the pool does not know is ignored. */
  removeToken(id: string): void {
    const token = this.#tokens.get(id);
    if (token === undefined) return;
    token.present = false;
    this.#tokens.delete(id);
    this.#entities.remove(token);
    this.#catalogues.invalidate();
    this.#watch.forget(token);
    this.#serveWaiting();
  }

  setEnabled(id: string, enabled: boolean): void {
    this.#update(id, (token) => {
      token.enabled = enabled;
    });
  }

  setCatalogue(id: string, models: readonly CatalogueModel[]): void {
    this.#update(id, (token) => token.setCatalogue(models));
  }

  /** Who pays for the token. Until it is told, each token pays for itself. */
  setBilling(id: string, billing: Billing): void {
    const token = this.#tokens.get(id);
    if (token === undefined) return;
    const before = token.entity;
    if (!this.#entities.move(token, billing, this.#now())) return;
    this.#entityWatch.lookAtAll(before);
    this.#entityWatch.lookAtAll(token.entity);
    this.#serveWaiting();
  }

  /** Takes buckets as the service gives them when asked; buckets not named stay. */
  setQuotas(id: string, quotas: readonly QuotaSnapshot[]): void {
    const token = this.#tokens.get(id);
    if (token === undefined) return;
    this.#change(token, (nowMs) => token.takeQuotas(quotas, "refresh", nowMs));
  }

  /** `reason` is shown to admins. */
  markAuthFailed(id: string, reason: string, cause: UpstreamFailureKind | null = null): void {
    this.#update(id, (token) => {
      token.authFailure = reason;
      token.authCause = cause;
    });
  }

  /** A check of the account succeeded. Ends `checking` and `auth_failed`; a rest or a used-up quota stands. */
  markActive(id: string): void {
    this.#update(id, (token) => token.markActive());
  }

  /** Takes over what another process that shares the account learnt of it, or of one model on it. */
  adoptState(id: string, state: TokenState, modelId: string | null): void {
    const moment = { nowMs: this.#now(), newestGrant: this.#placement.newestGrant };
    this.#update(id, (token) => token.adopt(state, modelId, moment));
  }

  /**
   * The right to send one request on a token, after a bounded wait when all that could serve are full.
   * Throws `client_closed` when the signal aborts first. One of the lowest priority (`spare`) does not wait.
   */
  async lease(request: LeaseRequest): Promise<LeaseResult> {
    if (request.signal.aborted) throw abandoned();
    if (request.spare !== undefined)
      return this.#placement.spare({ ...request, spare: request.spare }, this.#queue.size > 0);
    const result = this.#placement.attempt(request);
    if (result !== "busy") return result;
    if (this.#queue.isFull) return explain(this.#placement.candidates(request), request, true, this.#now());
    return this.#queue.wait(request);
  }

  /** Why no token would take such a request now; null where one would, free or full. Grants nothing. */
  refusal(request: LeaseRequest): RefusedLease | null {
    return this.#placement.refusal(request);
  }

  /**
   * The upstream took the request: its premium units are deducted. `quotas` is what the answer's headers say, coarse
   * and perhaps from before the charge, so that within a period the lower figure holds.
   */
  reportSuccess(lease: Lease, quotas: readonly QuotaSnapshot[] = []): void {
    const granted = own(lease);
    const { token, model, number, provesQuota } = granted.grant;
    const isTrialOver = granted.entity.endTrial(number);
    const isCleared = provesQuota && granted.entity.noteAnswer(number);
    this.#change(token, (nowMs) => {
      granted.settle(true, nowMs);
      token.takeQuotas(quotas, "response", nowMs);
      token.rests.noteSuccess(model.id, number);
    });
    if (isTrialOver || isCleared) this.#serveWaiting();
  }

  /** The upstream refused or broke; nothing was charged. Applies `failoverTable` to the token. */
  reportFailure(lease: Lease, failure: UpstreamFailure, quotas: readonly QuotaSnapshot[] = []): FailoverStep {
    const granted = own(lease);
    const { token, model, number } = granted.grant;
    const nowMs = this.#now();
    const premium = quotas.find(({ bucket }) => bucket === premiumBucket) ?? null;
    granted.entity.endTrial(number);
    const { action, effect } = failoverTable[failure.kind];
    this.#change(token, () => {
      granted.settle(false, nowMs);
      token.takeQuotas(quotas, "response", nowMs);
      token.noteFailure(failure, model, { nowMs, grant: number, newestGrant: this.#placement.newestGrant, premium });
    });
    if (effect === "refuse") this.#catalogues.invalidate();
    this.#serveWaiting();
    return { action, state: token.present ? token.state(nowMs) : null };
  }

  /**
   * The answer that `reportSuccess` was told of turned out to be none (a proxy's page, half a JSON): a strike, as if it
   * had never begun.
   */
  reportBroken(lease: Lease, failure: UpstreamFailure): void {
    const { token, number } = own(lease).grant;
    this.#change(token, (nowMs) => {
      token.rests.noteBroken(failure, {
        nowMs,
        grant: number,
        newestGrant: this.#placement.newestGrant,
        premium: null,
      });
    });
  }

  /** Throws `not_found`. */
  state(id: string): TokenState {
    const token = this.#tokens.get(id);
    if (token === undefined) throw new GatewayError("not_found", `Token ${id} is not in the pool.`);
    return token.state(this.#now());
  }

  /** In the order of adding. */
  tokens(): readonly TokenView[] {
    const nowMs = this.#now();
    return Array.from(this.#tokens.values(), (token) => viewOf(token, nowMs));
  }

  /** Who pays, in the order in which they came up; each counts what its tokens share once. */
  entities(): readonly EntityView[] {
    const nowMs = this.#now();
    return Array.from(this.#entities.all(), (entity) =>
      entityViewOf(entity, this.#entityWatch.tokensOf(entity), nowMs),
    );
  }

  /**
   * The models that usable tokens have, resting ones included, each once: where accounts differ, as the one that can
   * do most sees it. The same array until something changes, unless `onlyTokenIds` narrows it.
   */
  models(onlyTokenIds: readonly string[] | null = null): readonly CatalogueModel[] {
    return this.#catalogues.models(onlyTokenIds);
  }

  /** One of `models`, without building the list. */
  findModel(modelId: string, onlyTokenIds: readonly string[] | null = null): CatalogueModel | null {
    return this.#catalogues.find(modelId, onlyTokenIds);
  }

  /** The model once for each way in which the usable tokens' accounts bill it: by premium units, by credits, at what price. */
  billedModels(modelId: string, onlyTokenIds: readonly string[] | null = null): readonly CatalogueModel[] {
    return this.#catalogues.billed(modelId, onlyTokenIds);
  }

  /** The usable tokens that have the model. */
  tokensWith(modelId: string): readonly string[] {
    return this.#catalogues.tokensWith(modelId);
  }

  /** Whether any token could serve something now. */
  canServe(): boolean {
    return canServe(this.#tokens.values(), this.#now());
  }

  /** Requests that wait for a place on a token. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** How many requests of the lowest priority could begin at most. */
  sparePlaces({ maxPerToken, mayUse }: Pick<SpareTerms, "maxPerToken" | "mayUse">): number {
    let places = 0;
    for (const token of this.#tokens.values()) {
      if (token.isUsable && mayUse(token.entity.id)) places += Math.max(0, maxPerToken - token.spareInFlight);
    }
    return places;
  }

  /** The earliest moment a resting token returns; null when none rests or nobody knows. */
  earliestReturnMs(): number | null {
    return earliestReturnMs(this.#tokens.values(), this.#now());
  }

  /** Called whenever no request waits for a place any more; the listener must neither throw nor call back. */
  onNobodyWaits(listener: () => void): () => void {
    return this.#queue.onEmpty(listener);
  }

  /** Called on every change of a token's state, in the middle of it: the listener must neither throw nor call back. */
  onStateChange(listener: StateListener): () => void {
    return this.#watch.subscribe(listener);
  }

  #update(id: string, change: (token: PooledToken) => void): void {
    const token = this.#tokens.get(id);
    if (token === undefined) return;
    const before = entityOutlook(token.entity, this.#now());
    change(token);
    this.#catalogues.invalidate();
    this.#watch.look(token);
    this.#entityWatch.lookAgain(token.entity, before, this.#now());
    this.#serveWaiting();
  }

  /** Applies what changes no catalogue, and looks at whom it concerns. */
  #change(token: PooledToken, change: (nowMs: number) => void): void {
    const nowMs = this.#now();
    const before = entityOutlook(token.entity, nowMs);
    change(nowMs);
    const hasChanged = token.present && this.#watch.look(token);
    if (this.#entityWatch.lookAgain(token.entity, before, this.#now()) || hasChanged) this.#serveWaiting();
  }

  #now(): number {
    return this.#time.nowMs();
  }

  /** The machine's clock was set back. */
  #setBack(byMs: number): void {
    for (const entity of this.#entities.all()) entity.moveProbes(-byMs);
    for (const token of this.#tokens.values()) {
      token.moveRests(-byMs);
      this.#watch.look(token);
    }
  }

  #released(lease: GrantedLease): void {
    const { token, number } = lease.grant;
    const nowMs = this.#now();
    // Never reported: the request may have been charged.
    if (!lease.isSettled) this.#change(token, () => lease.settle(true, nowMs));
    if (lease.entity.endTrial(number)) this.#serveWaiting();
    if (!token.present) return;
    for (const waiter of this.#queue.waiters()) {
      if (token.inFlight >= this.#maxConcurrency) return;
      const { request } = waiter;
      if (request.onlyTokenIds?.includes(token.id) === false) continue;
      const fit = fitness(token, request, this.#maxConcurrency, nowMs);
      if (fit !== "busy" && fit !== "unfit") waiter.settle(this.#placement.place(token, request, nowMs));
    }
  }

  /** After a change of what tokens can serve: grants what can be granted, and refuses what nobody is busy for. */
  #serveWaiting(): void {
    for (const { request, settle } of this.#queue.waiters()) {
      const result = this.#placement.attempt(request);
      if (result !== "busy") settle(result);
    }
  }
}

export function createPool(options: PoolOptions): Pool {
  return new Pool(options);
}

function own(lease: Lease): GrantedLease {
  if (!(lease instanceof GrantedLease)) throw new GatewayError("internal", "The lease is of no pool.");
  return lease;
}
