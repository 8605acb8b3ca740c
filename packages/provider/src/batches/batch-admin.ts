import { type Batch, type BatchItem, type Clock, GatewayError } from "@copilot-llm/model";
import type { BatchStore, ItemsQuery } from "@copilot-llm/stores";
import type { Actor, Audit } from "../admin/audit.js";

const readAtOnceBytes = 4 << 20;

export interface BatchAdminOptions {
  readonly batches: Pick<BatchStore, "list" | "find" | "results" | "cancel">;
  readonly clock: Pick<Clock, "nowMs">;
  readonly audit: Audit;
}

/** The admin's verbs for everybody's batches. */
export class BatchAdmin {
  readonly #options: BatchAdminOptions;

  constructor(options: BatchAdminOptions) {
    this.#options = options;
  }

  /** The newest first. Throws `invalid_request` when there is no batch `afterId`. */
  list(query: { readonly afterId?: string; readonly limit: number }): Promise<readonly Batch[]> {
    return this.#options.batches.list({ ...query, ownerId: null });
  }

  /** Items that are settled, in their order, from behind `afterIndex` on. Throws `not_found`. */
  async items(
    id: string,
    query: Pick<ItemsQuery, "afterIndex" | "limit"> & Required<Pick<ItemsQuery, "states">>,
  ): Promise<readonly BatchItem[]> {
    const { batches } = this.#options;
    if ((await batches.find(id)) === null) throw new GatewayError("not_found", "There is no batch with this id.");
    const items: BatchItem[] = [];
    for (let { afterIndex } = query; items.length < query.limit; afterIndex = items.at(-1)?.index ?? null) {
      const limit = query.limit - items.length;
      const part = await batches.results(id, { ...query, afterIndex, limit, maxBytes: readAtOnceBytes });
      if (part.length === 0) break;
      items.push(...part);
    }
    return items;
  }

  /** Throws `not_found`. */
  cancel(actor: Actor, id: string): Promise<Batch> {
    const { batches, clock, audit } = this.#options;
    return batches.cancel(id, clock.nowMs(), ({ ownerName, counts }) =>
      audit(actor, "batch.cancel", id, { owner: ownerName, pending: counts.pending }),
    );
  }
}
