import type {
  CatalogueModel,
  Initiator,
  QuotaSnapshot,
  Randomness,
  TokenState,
  UpstreamFailure,
  UpstreamFailureKind,
} from "@copilot-llm/model";
import { premiumBucket, weeklyBucket } from "@copilot-llm/model";
import type { Billing, BillingEntity, Seat } from "./billing-entity.js";
import {
  failoverTable,
  longestRestMs,
  quotaProbeMs,
  rateLimitBackoff,
  shortestRestMs,
  strikeBackoff,
  strikesToRest,
  weeklyBackoff,
} from "./failover-table.js";
import { jitteredBackoffMs } from "./jittered-backoff-ms.js";
import { drawsPremium, hasRoom, PremiumQuota, unitsNeeded } from "./premium-quota.js";
import type { Affordability } from "./quota-figures.js";

/** Until when something rests, and why. */
export interface Rest {
  readonly untilMs: number;
  readonly reason: string;
}

/** Failures in a row. Requests that were under way together count as one: `sinceGrant` is the newest of them. */
interface Streak {
  count: number;
  sinceGrant: number;
}

/** Why a token serves no premium models, and until when. */
export interface Exhaustion {
  readonly untilMs: number | null;
  readonly againAtMs: number | null;
  readonly reason: string;
}

/** When and by which lease something happened. */
export interface Moment {
  readonly nowMs: number;
  /** The number of the lease that reports. */
  readonly grant: number;
  /** The number of the newest lease. */
  readonly newestGrant: number;
  /** What the answer's headers said of the premium bucket. */
  readonly premium: QuotaSnapshot | null;
}

/** One token's condition: what it may serve now, and what failures do to it. Changes here wake nobody: the pool does. */
export class PooledToken implements Seat {
  readonly id: string;
  /** Place in the order of adding, the order of `fill_first`. */
  readonly order: number;
  /** Who pays for it: by itself until the pool learns otherwise. */
  billing: Billing;
  entity: BillingEntity;
  readonly quota: PremiumQuota;
  /** The rotation's book-keeping. */
  turns = 0;
  directed = 0;
  placedAt = 0;
  inFlight = 0;
  /** Of these, what is of the lowest priority. */
  spareInFlight = 0;
  /** False once it left the pool; leases under way then report to nobody. */
  present = true;
  enabled: boolean;
  checked = false;
  authFailure: string | null = null;
  authCause: UpstreamFailureKind | null = null;
  catalogue: ReadonlyMap<string, CatalogueModel> = new Map();
  quotas: ReadonlyMap<string, QuotaSnapshot> = new Map();
  readonly #randomness: Randomness;
  readonly #modelRests = new Map<string, Rest>();
  readonly #streaks = new Map<string, Streak>();
  /** What GitHub asked for. */
  #rest: Rest | null = null;
  #restCause: UpstreamFailureKind | null = null;
  /** A rest for strikes: the token serves all the same where no other can. */
  #advice: Rest | null = null;
  #adviceCause: UpstreamFailureKind | null = null;
  /** Strikes that the newest success forgave, and its lease: an answer may turn out to be none. */
  #forgiven: { readonly grant: number; readonly streak: Streak } | null = null;

  constructor(id: string, order: number, entity: BillingEntity, enabled: boolean, randomness: Randomness) {
    this.id = id;
    this.order = order;
    this.enabled = enabled;
    this.#randomness = randomness;
    this.billing = { entityId: entity.id, accountId: id, seatEntitlement: null };
    this.entity = entity;
    this.quota = new PremiumQuota(entity.figures);
    entity.add(this);
  }

  get ownSnapshot(): QuotaSnapshot | null {
    return this.quotas.get(premiumBucket) ?? null;
  }

  /** Draws on the entity's bucket from now on, which learns what is known of the token's own. */
  moveTo(entity: BillingEntity, billing: Billing, nowMs: number): void {
    this.entity.remove(this);
    this.billing = billing;
    this.entity = entity;
    entity.add(this);
    this.quota.moveTo(entity.figures, nowMs);
    const { ownSnapshot } = this;
    if (ownSnapshot !== null) this.quota.refresh(ownSnapshot, nowMs, entity.sharedSnapshot(ownSnapshot));
  }

  /** Enabled, checked and not refused by GitHub; it may be resting. */
  get isUsable(): boolean {
    return this.enabled && this.checked && this.authFailure === null;
  }

  state(nowMs: number): TokenState {
    if (!this.enabled) return { status: "disabled" };
    if (this.authFailure !== null) return { status: "auth_failed", reason: this.authFailure };
    if (!this.checked) return { status: "checking" };
    const rest = longer(current(this.#rest, nowMs), current(this.#advice, nowMs));
    if (rest !== null) return { status: "cooling", ...rest };
    const exhaustion = this.exhaustion(nowMs);
    if (exhaustion !== null) return { status: "exhausted", untilMs: exhaustion.untilMs, reason: exhaustion.reason };
    return { status: "active" };
  }

  /** Null while the token may be asked for premium models. `untilMs` is the reset, `againAtMs` when it is next tried. */
  exhaustion(nowMs: number): Exhaustion | null {
    const own = this.quota.exhaustion(nowMs);
    if (own !== null) return own;
    const block = this.entity.block(nowMs);
    if (block === null) return null;
    return { untilMs: this.quota.figures.resetAtMs(nowMs), againAtMs: block.trialAtMs, reason: block.reason };
  }

  /** The failure that the state comes from; null where none did, or it was adopted. */
  cause(nowMs: number): UpstreamFailureKind | null {
    switch (this.state(nowMs).status) {
      case "auth_failed":
        return this.authCause;
      case "cooling":
        return longer(current(this.#rest, nowMs), current(this.#advice, nowMs)) === this.#advice
          ? this.#adviceCause
          : this.#restCause;
      case "exhausted":
        return "quota_exhausted";
      case "checking":
      case "active":
      case "disabled":
        return null;
    }
  }

  /** When the state changes by time alone; null when it does not. */
  nextChangeMs(nowMs: number): number | null {
    let next = current(this.#rest, nowMs)?.untilMs ?? Number.POSITIVE_INFINITY;
    next = Math.min(next, current(this.#advice, nowMs)?.untilMs ?? Number.POSITIVE_INFINITY);
    next = Math.min(next, this.exhaustion(nowMs)?.againAtMs ?? Number.POSITIVE_INFINITY);
    for (const rest of this.modelRests(nowMs).values()) next = Math.min(next, rest.untilMs);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  /** The model, when this account has it switched on. */
  model(modelId: string): CatalogueModel | null {
    const model = this.catalogue.get(modelId);
    return model?.enabled === true ? model : null;
  }

  /** GitHub asked for a rest that still lasts. */
  isAskedToRest(nowMs: number): boolean {
    return current(this.#rest, nowMs) !== null;
  }

  /** Until when the token rests for strikes; null when it does not. */
  adviceUntilMs(nowMs: number): number | null {
    return current(this.#advice, nowMs)?.untilMs ?? null;
  }

  /** Until when the token, or the model on it, rests because GitHub asked for it; null when neither does. */
  restUntilMs(modelId: string, nowMs: number): number | null {
    const own = this.#rest?.untilMs ?? 0;
    const untilMs = this.#modelRests.size === 0 ? own : Math.max(own, this.#modelRests.get(modelId)?.untilMs ?? 0);
    return untilMs > nowMs ? untilMs : null;
  }

  afford(model: CatalogueModel, initiator: Initiator, nowMs: number): Affordability {
    if (!drawsPremium(model)) return "included";
    return this.entity.block(nowMs) === null ? this.quota.afford(unitsNeeded(model, initiator), nowMs) : "none";
  }

  /** The models that rest alone, expired ones forgotten. */
  modelRests(nowMs: number): ReadonlyMap<string, Rest> {
    for (const [modelId, rest] of this.#modelRests) {
      if (rest.untilMs <= nowMs) this.#modelRests.delete(modelId);
    }
    return this.#modelRests;
  }

  /** Every rest ends so much later. What GitHub names the time of, such as a quota's reset, stands. */
  moveRests(byMs: number): void {
    const moved = (rest: Rest): Rest => ({ ...rest, untilMs: rest.untilMs + byMs });
    this.#rest = this.#rest === null ? null : moved(this.#rest);
    this.#advice = this.#advice === null ? null : moved(this.#advice);
    for (const [modelId, rest] of this.#modelRests) this.#modelRests.set(modelId, moved(rest));
    this.quota.moveProbe(byMs);
  }

  setCatalogue(models: readonly CatalogueModel[]): void {
    this.catalogue = new Map(models.map((model) => [model.id, model]));
    this.checked = true;
  }

  /** The account proved good: a refusal and strikes are forgotten. Rests and quota stand. */
  markActive(): void {
    this.checked = true;
    this.authFailure = null;
    this.authCause = null;
    this.#streaks.delete("strike");
    this.#advice = null;
  }

  /** What another process learnt of the same account, or of the model on it. Never shortens a rest. */
  adopt(state: TokenState, modelId: string | null, { nowMs, newestGrant }: Omit<Moment, "grant" | "premium">): void {
    if (state.status === "cooling" && modelId !== null) {
      this.#modelRests.set(modelId, later(this.#modelRests.get(modelId) ?? null, state.untilMs, state.reason));
    } else if (state.status === "cooling") this.#restUntil(state.untilMs, state.reason, null);
    else if (state.status === "exhausted") {
      this.quota.refuse(state.reason, state.untilMs === null ? null : Math.max(0, state.untilMs - nowMs), nowMs);
      this.entity.noteRefusal(this.id, state.reason, { isContradicted: false, newestGrant, nowMs });
    } else if (state.status === "auth_failed") {
      this.authFailure = state.reason;
      this.authCause = null;
    } else if (state.status === "active") this.authFailure = null;
  }

  takeQuotas(snapshots: readonly QuotaSnapshot[], source: "refresh" | "response", nowMs: number): void {
    if (snapshots.length === 0) return;
    const quotas = new Map(this.quotas);
    for (const taken of snapshots) {
      const snapshot = withKnownReset(taken, quotas.get(taken.bucket), nowMs);
      quotas.set(snapshot.bucket, snapshot);
    }
    this.quotas = quotas;
    const { ownSnapshot } = this;
    if (ownSnapshot !== null && snapshots.some(({ bucket }) => bucket === premiumBucket)) {
      this.#takePremium(ownSnapshot, source, nowMs);
    }
  }

  #takePremium(own: QuotaSnapshot, source: "refresh" | "response", nowMs: number): void {
    const shared = this.entity.sharedSnapshot(own);
    if (source === "refresh") {
      this.quota.refresh(own, nowMs, shared);
      this.entity.noteFigures(this.id, own, hasRoom(own));
      return;
    }
    // Headers do not tell whether there is quota: what stands there is read off the figures, of its own share alone.
    const { hasQuota } = this.quota;
    this.quota.note(this.entity.showsShares ? { ...own, hasQuota } : own, nowMs, shared);
  }

  /** Ends the streaks of failures that the request came after, and a rest for strikes. */
  noteSuccess(modelId: string, grant: number): void {
    if (this.#streaks.size === 0) return;
    for (const name of ["strike", "token", `model:${modelId}`]) {
      const streak = this.#streaks.get(name);
      if (streak === undefined || grant <= streak.sinceGrant) continue;
      this.#streaks.delete(name);
      if (name !== "strike") continue;
      this.#forgiven = { grant, streak };
      this.#advice = null;
    }
  }

  /** The answer that `noteSuccess` was told of turned out to be none. */
  noteBroken(failure: UpstreamFailure, moment: Moment): void {
    const forgiven = this.#forgiven;
    if (forgiven !== null && forgiven.grant === moment.grant && !this.#streaks.has("strike")) {
      this.#streaks.set("strike", forgiven.streak);
    }
    this.#strike(failure, moment, 1);
  }

  noteFailure(failure: UpstreamFailure, model: CatalogueModel, moment: Moment): void {
    const reason = failure.error.message;
    switch (failoverTable[failure.kind].effect) {
      case "none":
        break;
      case "strike":
        this.#strike(failure, moment, 1);
        break;
      case "strike_out":
        this.#strike(failure, moment, strikesToRest);
        break;
      case "refuse":
        this.authFailure = reason;
        this.authCause = failure.kind;
        break;
      case "exhaust":
        this.#exhaust(failure, model, moment);
        break;
      case "cool_token":
        this.#restUntil(this.#restFor(failure, "token", moment), reason, failure.kind);
        break;
      case "cool_model": {
        const untilMs = this.#restFor(failure, `model:${model.id}`, moment);
        this.#modelRests.set(model.id, later(this.#modelRests.get(model.id) ?? null, untilMs, reason));
        break;
      }
    }
  }

  #restUntil(untilMs: number, reason: string, cause: UpstreamFailureKind | null): void {
    const rest = later(this.#rest, untilMs, reason);
    if (rest === this.#rest) return;
    this.#rest = rest;
    this.#restCause = cause;
  }

  /** One strike more, or as many as make it `atLeast` so many. */
  #strike(failure: UpstreamFailure, moment: Moment, atLeast: number): void {
    const counted = this.#extend("strike", moment);
    const strikes = Math.max(atLeast, counted);
    if (strikes > counted) this.#streaks.set("strike", { count: strikes, sinceGrant: moment.newestGrant });
    if (strikes < strikesToRest) return;
    const untilMs = moment.nowMs + jitteredBackoffMs(strikeBackoff, strikes - strikesToRest, this.#randomness);
    this.#advice = later(this.#advice, untilMs, failure.error.message);
    this.#adviceCause = failure.kind;
  }

  #exhaust(failure: UpstreamFailure, model: CatalogueModel, { nowMs, newestGrant, premium }: Moment): void {
    // What is left of its own share says nothing of the entity's bucket.
    const isShare = premium?.entitlement === this.billing.seatEntitlement;
    const isContradicted = premium !== null && hasRoom(premium) && !isShare;
    this.quota.refuse(failure.error.message, failure.retryAfterMs, nowMs);
    this.entity.noteRefusal(this.id, failure.error.message, { isContradicted, newestGrant, nowMs });
    // Refused even for what should be free here: let the model rest too, or every request would be tried in vain.
    if (!drawsPremium(model)) {
      const untilMs = nowMs + (failure.retryAfterMs ?? quotaProbeMs);
      this.#modelRests.set(model.id, { untilMs, reason: failure.error.message });
    }
  }

  #restFor(failure: UpstreamFailure, streak: string, moment: Moment): number {
    const { nowMs } = moment;
    const isWeekly = failure.error.code === "user_weekly_rate_limited";
    const resetAtMs = isWeekly ? (this.quotas.get(weeklyBucket)?.resetAtMs ?? 0) : 0;
    if (resetAtMs > nowMs) return resetAtMs;
    const level = this.#extend(streak, moment) - 1;
    const restMs =
      failure.retryAfterMs ?? jitteredBackoffMs(isWeekly ? weeklyBackoff : rateLimitBackoff, level, this.#randomness);
    return nowMs + Math.min(Math.max(restMs, shortestRestMs), longestRestMs);
  }

  /** Counts a failure, once for all requests that were under way together. Returns the streak's length. */
  #extend(name: string, moment: Moment): number {
    const streak = this.#streaks.get(name);
    if (streak === undefined) {
      this.#streaks.set(name, { count: 1, sinceGrant: moment.newestGrant });
      return 1;
    }
    if (moment.grant > streak.sinceGrant) {
      streak.count += 1;
      streak.sinceGrant = moment.newestGrant;
    }
    return streak.count;
  }
}

/** The rest while it lasts. */
function current(rest: Rest | null, nowMs: number): Rest | null {
  return rest !== null && rest.untilMs > nowMs ? rest : null;
}

/** The one that ends later; the first at a tie. */
function longer(one: Rest | null, other: Rest | null): Rest | null {
  if (one === null || other === null) return one ?? other;
  return other.untilMs > one.untilMs ? other : one;
}

/** A shorter rest never cuts a longer one. */
function later(rest: Rest | null, untilMs: number, reason: string): Rest {
  return rest !== null && rest.untilMs > untilMs ? rest : { untilMs, reason };
}

/** A source that does not tell the reset does not make it unknown. */
function withKnownReset(next: QuotaSnapshot, known: QuotaSnapshot | undefined, nowMs: number): QuotaSnapshot {
  const resetAtMs = known?.resetAtMs ?? null;
  return next.resetAtMs === null && resetAtMs !== null && resetAtMs > nowMs ? { ...next, resetAtMs } : next;
}
