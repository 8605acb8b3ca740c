import type { CatalogueModel } from "@copilot-llm/model";
import type { Lease } from "./lease.js";
import type { PooledToken } from "./pooled-token.js";

/** A lease as the pool sees it: with the token behind it and the premium units held back for it. */
export class GrantedLease implements Lease {
  readonly model: CatalogueModel;
  readonly token: PooledToken;
  /** Leases are numbered in the order of granting. */
  readonly grant: number;
  readonly #units: number;
  readonly #onRelease: (lease: GrantedLease) => void;
  #isSettled = false;
  #isReleased = false;

  constructor(
    token: PooledToken,
    model: CatalogueModel,
    grant: number,
    units: number,
    onRelease: (lease: GrantedLease) => void,
  ) {
    this.token = token;
    this.model = model;
    this.grant = grant;
    this.#units = units;
    this.#onRelease = onRelease;
    token.inFlight += 1;
    token.quota.hold(units);
  }

  get tokenId(): string {
    return this.token.id;
  }

  /** Lets the held units go. False when that was done before. */
  settle(isSpent: boolean, nowMs: number): boolean {
    if (this.#isSettled) return false;
    this.#isSettled = true;
    this.token.quota.settle(this.#units, isSpent, nowMs);
    return true;
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.token.inFlight -= 1;
    this.#onRelease(this);
  }
}
