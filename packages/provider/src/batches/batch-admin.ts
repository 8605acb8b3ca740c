import type { Batch, Clock } from "@copilot-llm/model";
import type { BatchStore } from "@copilot-llm/stores";
import type { Actor, Audit } from "../admin/audit.js";

export interface BatchAdminOptions {
  readonly batches: Pick<BatchStore, "list" | "cancel">;
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

  /** Throws `not_found`. */
  cancel(actor: Actor, id: string): Promise<Batch> {
    const { batches, clock, audit } = this.#options;
    return batches.cancel(id, clock.nowMs(), ({ ownerName, counts }) =>
      audit(actor, "batch.cancel", id, { owner: ownerName, pending: counts.pending }),
    );
  }
}
