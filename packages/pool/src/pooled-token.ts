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
import { failoverTable, quotaProbeMs, strikesToRest } from "./failover-table.js";
import { drawsPremium, hasRoom, PremiumQuota, unitsNeeded } from "./premium-quota.js";
import type { Affordability } from "./quota-figures.js";
import { type Moment, TokenRests } from "./token-rests.js";

/** Why a token serves no premium models, and until when. */
export interface Exhaustion {
  readonly untilMs: number | null;
  readonly againAtMs: number | null;
  readonly reason: string;
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
  readonly rests: TokenRests;

  constructor(id: string, order: number, entity: BillingEntity, enabled: boolean, randomness: Randomness) {
    this.id = id;
    this.order = order;
    this.enabled = enabled;
    this.rests = new TokenRests(randomness);
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
    const rest = this.rests.longest(nowMs);
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
        return this.rests.causeOfLongest(nowMs);
      case "exhausted":
        return "quota_exhausted";
      case "checking":
      case "active":
      case "disabled":
        return null;
    }
  }

  /** Until when a weekly limit lasts is known of the weekly window, where it was told. */
  #restEndMs(failure: UpstreamFailure, streak: string, moment: Moment): number {
    const isWeekly = failure.error.code === "user_weekly_rate_limited";
    const resetAtMs = isWeekly ? (this.quotas.get(weeklyBucket)?.resetAtMs ?? 0) : 0;
    return resetAtMs > moment.nowMs ? resetAtMs : this.rests.endMsFor(failure, streak, moment, isWeekly);
  }

  /** When the state changes by time alone; null when it does not. */
  nextChangeMs(nowMs: number): number | null {
    const againAtMs = this.exhaustion(nowMs)?.againAtMs ?? Number.POSITIVE_INFINITY;
    const next = Math.min(this.rests.nextEndMs(nowMs), againAtMs);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  /** The model, when this account has it switched on. */
  model(modelId: string): CatalogueModel | null {
    const model = this.catalogue.get(modelId);
    return model?.enabled === true ? model : null;
  }

  afford(model: CatalogueModel, initiator: Initiator, nowMs: number): Affordability {
    if (!drawsPremium(model)) return "included";
    return this.entity.block(nowMs) === null ? this.quota.afford(unitsNeeded(model, initiator), nowMs) : "none";
  }

  /** Every rest ends so much later. What GitHub names the time of, such as a quota's reset, stands. */
  moveRests(byMs: number): void {
    this.rests.move(byMs);
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
    this.rests.forgetStrikes();
  }

  /** What another process learnt of the same account, or of the model on it. Never shortens a rest. */
  adopt(state: TokenState, modelId: string | null, { nowMs, newestGrant }: Omit<Moment, "grant" | "premium">): void {
    if (state.status === "cooling" && modelId !== null) this.rests.restModel(modelId, state);
    else if (state.status === "cooling") this.rests.rest(state, null);
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

  noteFailure(failure: UpstreamFailure, model: CatalogueModel, moment: Moment): void {
    const reason = failure.error.message;
    switch (failoverTable[failure.kind].effect) {
      case "none":
        break;
      case "strike":
        this.rests.strike(failure, moment, 1);
        break;
      case "strike_out":
        this.rests.strike(failure, moment, strikesToRest);
        break;
      case "refuse":
        this.authFailure = reason;
        this.authCause = failure.kind;
        break;
      case "exhaust":
        this.#exhaust(failure, model, moment);
        break;
      case "cool_token":
        this.rests.rest({ untilMs: this.#restEndMs(failure, "token", moment), reason }, failure.kind);
        break;
      case "cool_model":
        this.rests.restModel(model.id, { untilMs: this.#restEndMs(failure, `model:${model.id}`, moment), reason });
        break;
    }
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
      this.rests.restModelForQuota(model.id, { untilMs, reason: failure.error.message });
    }
  }
}

/** A source that does not tell the reset does not make it unknown. */
function withKnownReset(next: QuotaSnapshot, known: QuotaSnapshot | undefined, nowMs: number): QuotaSnapshot {
  const resetAtMs = known?.resetAtMs ?? null;
  return next.resetAtMs === null && resetAtMs !== null && resetAtMs > nowMs ? { ...next, resetAtMs } : next;
}
