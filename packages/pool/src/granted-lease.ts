import type { CatalogueModel } from "@copilot-llm/model";
import type { BillingEntity } from "./billing-entity.js";
import type { Lease } from "./lease.js";
import type { PooledToken } from "./pooled-token.js";

export interface Grant {
  readonly token: PooledToken;
  readonly model: CatalogueModel;
  /** Leases are numbered in the order of granting. */
  readonly number: number;
  /** Premium units that are held back for it. */
  readonly units: number;
  /** Whether the answer's status shows if there is quota, as it does for what costs something. */
  readonly provesQuota: boolean;
  /** Whether it is of the lowest priority. */
  readonly isSpare: boolean;
}

/** A lease as the pool sees it: with the token behind it, who pays, and the premium units held back for it. */
export class GrantedLease implements Lease {
  readonly grant: Grant;
  /** As it was when the lease was granted. */
  readonly entity: BillingEntity;
  readonly #onRelease: (lease: GrantedLease) => void;
  #isSettled = false;
  #isReleased = false;

  constructor(grant: Grant, onRelease: (lease: GrantedLease) => void) {
    const { token, units } = grant;
    this.grant = grant;
    this.entity = token.entity;
    this.#onRelease = onRelease;
    token.inFlight += 1;
    if (grant.isSpare) token.spareInFlight += 1;
    this.entity.figures.hold(units);
  }

  get tokenId(): string {
    return this.grant.token.id;
  }

  get model(): CatalogueModel {
    return this.grant.model;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Lets the held units go, once. */
  settle(isSpent: boolean, nowMs: number): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.entity.figures.settle(this.grant.units, isSpent, nowMs);
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.grant.token.inFlight -= 1;
    if (this.grant.isSpare) this.grant.token.spareInFlight -= 1;
    this.#onRelease(this);
  }
}
