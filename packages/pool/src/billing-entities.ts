import { type Billing, BillingEntity } from "./billing-entity.js";
import type { PooledToken } from "./pooled-token.js";

/** The billing entities of a pool's tokens: each exists as long as a token belongs to it. */
export class BillingEntities {
  readonly #entities = new Map<string, BillingEntity>();

  /** In the order in which they came up. */
  all(): Iterable<BillingEntity> {
    return this.#entities.values();
  }

  /** The entity that a new token belongs to until it is known who pays: itself. */
  create(id: string): BillingEntity {
    return this.#open(id);
  }

  /** False when the token belongs there already, in the same way. */
  move(token: PooledToken, billing: Billing, nowMs: number): boolean {
    const known = token.billing;
    if (
      known.entityId === billing.entityId &&
      known.accountId === billing.accountId &&
      known.seatEntitlement === billing.seatEntitlement
    ) {
      return false;
    }
    const before = token.entity;
    token.moveTo(this.#open(billing.entityId), billing, nowMs);
    this.#drop(before);
    return true;
  }

  remove(token: PooledToken): void {
    token.entity.remove(token);
    this.#drop(token.entity);
  }

  #open(id: string): BillingEntity {
    const entity = this.#entities.get(id) ?? new BillingEntity(id);
    this.#entities.set(id, entity);
    return entity;
  }

  #drop(entity: BillingEntity): void {
    if (entity.seats.size === 0) this.#entities.delete(entity.id);
  }
}
