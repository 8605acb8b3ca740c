import type { CatalogueModel, TokenState } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import type { Lease, LeaseRequest } from "../src/lease.js";
import { createPool, type Pool, type PoolOptions } from "../src/pool.js";
import { freeModel, premiumModel, requestOf } from "./fixtures.js";
import { createSeededRandomness } from "./seeded-randomness.js";

export const startMs = Date.UTC(2026, 5, 1, 12);

export interface PoolFixtureOptions extends Partial<PoolOptions> {
  readonly models?: readonly CatalogueModel[];
}

/** A pool of active tokens under a manual clock, with the shortest ways to use it. */
export class PoolFixture {
  readonly clock = createManualClock(startMs);
  readonly pool: Pool;

  constructor(tokenIds: readonly string[], options: PoolFixtureOptions = {}) {
    const { models = [premiumModel, freeModel], ...poolOptions } = options;
    this.pool = createPool({ clock: this.clock, randomness: createSeededRandomness(1), ...poolOptions });
    for (const id of tokenIds) this.add(id, models);
  }

  add(id: string, models: readonly CatalogueModel[] = [premiumModel, freeModel]): void {
    this.pool.addToken(id, { enabled: true });
    this.pool.setCatalogue(id, models);
  }

  /** Throws unless a token was granted. */
  async lease(changes: Partial<LeaseRequest> = {}): Promise<Lease> {
    const result = await this.pool.lease(requestOf(changes));
    if (!result.ok) throw new Error(`no lease: ${result.why}`);
    return result.lease;
  }

  /** One whole request that succeeds. Returns the token that served it. */
  async serve(changes: Partial<LeaseRequest> = {}): Promise<string> {
    const lease = await this.lease(changes);
    this.pool.reportSuccess(lease);
    lease.release();
    return lease.tokenId;
  }

  /** Requests one after the other. Returns how many each token served. */
  async serveMany(count: number, changes: Partial<LeaseRequest> = {}): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let index = 0; index < count; index += 1) {
      const id = await this.serve(changes);
      counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts;
  }

  status(id: string): TokenState["status"] {
    return this.pool.state(id).status;
  }
}
