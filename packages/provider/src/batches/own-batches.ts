import { type Batch, type BatchApi, type BatchItem, type Clock, GatewayError } from "@copilot-llm/model";
import type { BatchStore, ItemsQuery } from "@copilot-llm/stores";

export interface BatchPageQuery {
  readonly afterId?: string;
  readonly beforeId?: string;
  readonly limit: number;
}

/** Pages of results: small ones, since answers can be large. */
const pageItems = 200;
const pageBytes = 4 * 1024 * 1024;

/** Batches as their owners see them, of one API each; nobody else's are there for them. */
export class OwnBatches {
  readonly #batches: BatchStore;
  readonly #clock: Pick<Clock, "nowMs">;

  constructor(batches: BatchStore, clock: Pick<Clock, "nowMs">) {
    this.#batches = batches;
    this.#clock = clock;
  }

  /** Throws `not_found`. */
  async find(ownerId: string, api: BatchApi, id: string): Promise<Batch> {
    const batch = await this.#batches.find(id);
    if (batch === null || batch.ownerId !== ownerId || batch.api !== api) {
      throw new GatewayError("not_found", `There is no batch \`${id}\`.`);
    }
    return batch;
  }

  /** The newest first; one more than `limit` tells that there are more. Throws `invalid_request` for a foreign cursor. */
  async list(ownerId: string, api: BatchApi, query: BatchPageQuery): Promise<readonly Batch[]> {
    for (const cursor of [query.afterId, query.beforeId]) {
      if (cursor !== undefined) await this.#requireCursor(ownerId, api, cursor);
    }
    return this.#batches.list({ ...query, ownerId, api });
  }

  /** Of a batch that has ended nothing changes. Throws `not_found`. */
  async cancel(ownerId: string, api: BatchApi, id: string): Promise<Batch> {
    await this.find(ownerId, api, id);
    return this.#batches.cancel(id, this.#clock.nowMs(), null);
  }

  /** With its results. Throws `not_found`, and `invalid_request` for one that has not ended. */
  async remove(ownerId: string, api: BatchApi, id: string): Promise<void> {
    const { endedAtMs } = await this.find(ownerId, api, id);
    if (endedAtMs === null) {
      throw new GatewayError("invalid_request", "A batch can be deleted once it has ended. Cancel it first.");
    }
    await this.#batches.remove(id, null);
  }

  /** What has become of the items, in their order, read page by page. */
  async *results({ id }: Batch, states?: ItemsQuery["states"]): AsyncIterable<BatchItem> {
    let afterIndex: number | null = null;
    for (;;) {
      const page: readonly BatchItem[] = await this.#batches.results(id, {
        afterIndex,
        limit: pageItems,
        maxBytes: pageBytes,
        ...(states === undefined ? {} : { states }),
      });
      const last = page.at(-1);
      if (last === undefined) return;
      yield* page;
      afterIndex = last.index;
    }
  }

  async #requireCursor(ownerId: string, api: BatchApi, id: string): Promise<void> {
    try {
      await this.find(ownerId, api, id);
    } catch (error) {
      throw new GatewayError("invalid_request", GatewayError.from(error).message, { cause: error });
    }
  }
}
