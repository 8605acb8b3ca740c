import type { EntityClaim } from "../interfaces/batch-store.js";

interface EntityLease {
  readonly workerId: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Which worker runs items on an entity's quota, where all workers are in one process. */
export class EntityLeases {
  readonly #leases = new Map<string, EntityLease>();

  /** As `BatchStore.leaseEntities`. */
  lease({ workerId, entityIds, nowMs, leaseUntilMs }: EntityClaim): ReadonlyMap<string, number> {
    const leased = new Map<string, number>();
    for (const entityId of entityIds) {
      const known = this.#leases.get(entityId);
      const isFree = known === undefined || known.untilMs <= nowMs;
      if (!isFree && known.workerId !== workerId) continue;
      const sinceMs = isFree ? nowMs : known.sinceMs;
      this.#leases.set(entityId, { workerId, sinceMs, untilMs: leaseUntilMs });
      leased.set(entityId, sinceMs);
    }
    return leased;
  }
}
