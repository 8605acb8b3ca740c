import type { QuotaSnapshot } from "@copilot-llm/model";
import { quotaProbeMs } from "./failover-table.js";
import { QuotaFigures } from "./quota-figures.js";

/** Who pays for a token, as far as its quota is concerned. */
export interface Billing {
  /** Tokens that name the same entity draw on one bucket, which is counted once. */
  readonly entityId: string;
  /** Tokens of one account show the same figures. */
  readonly accountId: string;
  /** What one seat of its plan brings to the entity's bucket; null where that is not known. */
  readonly seatEntitlement: number | null;
}

/** A token as its entity sees it. */
export interface Seat {
  readonly id: string;
  readonly billing: Billing;
  /** What the service last said of the token's own premium bucket. */
  readonly ownSnapshot: QuotaSnapshot | null;
}

/**
 * Whether a token may be asked for what its entity's bucket pays for.
 * - `trusted`: nothing speaks against it.
 * - `suspect`: a sibling was refused for want of quota. Other entities first, and one request at a time.
 * - `on_trial`: that one request is under way; its answer says whether the others may follow.
 * - `blocked`: siblings were refused one after the other.
 */
export type Standing = "trusted" | "suspect" | "on_trial" | "blocked";

interface Suspicion {
  /** The siblings that were refused, with no answer between. */
  readonly refusedIds: ReadonlySet<string>;
  readonly reason: string;
  readonly sinceMs: number;
  readonly latestMs: number;
  /** The newest lease at the latest refusal: what was under way already proves nothing. */
  readonly latestGrant: number;
  /** When the next of them may be asked. */
  readonly trialAtMs: number;
  readonly period: number;
}

/** So many siblings refused in a row mean the bucket and not their persons' budgets. */
const refusalsToBlock = 2;
/** The runtime keeps an account's figures for a minute: younger ones may be from before a refusal. */
const staleFiguresMs = 60_000;

/**
 * Who pays for some tokens: an organisation for its seats, else the account itself. What it has left is counted once,
 * and a refusal of one seat makes the others suspect until one answers, or shows that it has quota.
 */
export class BillingEntity {
  readonly id: string;
  readonly figures = new QuotaFigures();
  readonly #seats = new Map<string, Seat>();
  #suspicion: Suspicion | null = null;
  /** The lease on trial. */
  #trialGrant: number | null = null;

  constructor(id: string) {
    this.id = id;
  }

  get seats(): ReadonlyMap<string, Seat> {
    return this.#seats;
  }

  get isShared(): boolean {
    return this.#seats.size > 1;
  }

  add(seat: Seat): void {
    this.#seats.set(seat.id, seat);
  }

  remove(seat: Seat): void {
    this.#seats.delete(seat.id);
  }

  standing(nowMs: number): Standing {
    const suspicion = this.#current(nowMs);
    if (suspicion === null) return "trusted";
    if (this.#trialGrant !== null) return "on_trial";
    return nowMs < suspicion.trialAtMs ? "blocked" : "suspect";
  }

  /** Why and until when no seat is asked; null while one may be. */
  block(nowMs: number): { readonly reason: string; readonly trialAtMs: number } | null {
    const suspicion = this.#current(nowMs);
    return suspicion === null || nowMs >= suspicion.trialAtMs ? null : suspicion;
  }

  /** Since when a refusal of one seat speaks against the others; null while none does. */
  suspectSinceMs(nowMs: number): number | null {
    return this.#current(nowMs)?.sinceMs ?? null;
  }

  /** The lease goes to a suspect: its outcome is waited for. */
  beginTrial(grant: number): void {
    this.#trialGrant = grant;
  }

  /** Whether the lease was on trial, which ends here. */
  endTrial(grant: number): boolean {
    if (this.#trialGrant !== grant) return false;
    this.#trialGrant = null;
    return true;
  }

  /**
   * A seat was refused for want of quota. `isContradicted`: the refusal itself brought figures that leave something, so
   * that it is likely the person's budget.
   */
  noteRefusal(
    seatId: string,
    reason: string,
    refusal: { readonly isContradicted: boolean; readonly newestGrant: number; readonly nowMs: number },
  ): void {
    const { isContradicted, newestGrant, nowMs } = refusal;
    const known = this.#current(nowMs);
    const refusedIds = new Set(known?.refusedIds).add(seatId);
    const isBlocked = refusedIds.size >= refusalsToBlock && !isContradicted;
    this.#suspicion = {
      refusedIds,
      reason,
      sinceMs: known?.sinceMs ?? nowMs,
      latestMs: nowMs,
      latestGrant: newestGrant,
      trialAtMs: isBlocked ? nowMs + quotaProbeMs : nowMs,
      period: this.figures.period(nowMs),
    };
  }

  /** A seat answered what the bucket pays for. Returns whether that cleared a suspicion. */
  noteAnswer(grant: number): boolean {
    if (this.#suspicion === null || grant <= this.#suspicion.latestGrant) return false;
    this.#suspicion = null;
    return true;
  }

  /** GitHub was asked for a seat's quota. That it has some clears a suspicion, when the figures are new enough. */
  noteFigures(seatId: string, snapshot: QuotaSnapshot, hasRoom: boolean): boolean {
    const suspicion = this.#suspicion;
    if (suspicion === null || !hasRoom || suspicion.refusedIds.has(seatId)) return false;
    if (snapshot.seenAtMs < suspicion.latestMs + staleFiguresMs) return false;
    this.#suspicion = null;
    return true;
  }

  /** Of the tokens that a request tried, those that are refused: a bucket gets two tries of a request and no more. */
  hasHadItsTries(triedTokenIds: readonly string[], nowMs: number): boolean {
    const refusedIds = this.#current(nowMs)?.refusedIds;
    if (refusedIds === undefined) return false;
    let tries = 0;
    for (const id of triedTokenIds) if (refusedIds.has(id)) tries += 1;
    return tries >= refusalsToBlock;
  }

  /**
   * Whether the seats show their own shares of the bucket rather than all of it: a bucket of several is larger than one
   * (docs/copilot-service.md#quota-of-a-seat).
   */
  get showsShares(): boolean {
    const accounts = new Set<string>();
    for (const { billing, ownSnapshot } of this.#seats.values()) {
      if (ownSnapshot === null) continue;
      if (billing.seatEntitlement === null || ownSnapshot.entitlement !== billing.seatEntitlement) return false;
      accounts.add(billing.accountId);
    }
    return accounts.size > 1;
  }

  /** What a seat's snapshot says of the whole bucket. */
  sharedSnapshot(snapshot: QuotaSnapshot): QuotaSnapshot {
    return this.showsShares ? addUp([...newestByAccount(this.#seats.values())]) : snapshot;
  }

  /** Its bucket, and its seats, are tried again so much later. What GitHub names the time of stands. */
  moveProbes(byMs: number): void {
    this.figures.moveProbe(byMs);
    const suspicion = this.#suspicion;
    if (suspicion === null) return;
    const { sinceMs, latestMs, trialAtMs } = suspicion;
    this.#suspicion = { ...suspicion, sinceMs: sinceMs + byMs, latestMs: latestMs + byMs, trialAtMs: trialAtMs + byMs };
  }

  #current(nowMs: number): Suspicion | null {
    const suspicion = this.#suspicion;
    if (suspicion === null) return null;
    if (this.isShared && suspicion.period === this.figures.period(nowMs)) return suspicion;
    this.#suspicion = null;
    return null;
  }
}

function newestByAccount(seats: Iterable<Seat>): Iterable<QuotaSnapshot> {
  const newest = new Map<string, QuotaSnapshot>();
  for (const { billing, ownSnapshot } of seats) {
    if (ownSnapshot === null) continue;
    const known = newest.get(billing.accountId);
    if (known === undefined || known.seenAtMs <= ownSnapshot.seenAtMs) newest.set(billing.accountId, ownSnapshot);
  }
  return newest.values();
}

/** What the seats bring together. Other seats may bring more: as long as the service says so there is something left. */
function addUp(snapshots: readonly QuotaSnapshot[]): QuotaSnapshot {
  const sum = (of: (snapshot: QuotaSnapshot) => number | null): number =>
    snapshots.reduce((total, snapshot) => total + (of(snapshot) ?? 0), 0);
  const newest = snapshots.reduce((one, other) => (other.seenAtMs > one.seenAtMs ? other : one));
  const hasQuota = snapshots.some((snapshot) => snapshot.hasQuota);
  return {
    ...newest,
    entitlement: sum(({ entitlement }) => entitlement),
    remaining: Math.max(
      sum(({ remaining }) => remaining),
      hasQuota ? 1 : 0,
    ),
    overagePermitted: snapshots.some(({ overagePermitted }) => overagePermitted),
    overageCount: sum(({ overageCount }) => overageCount),
    hasQuota,
  };
}
