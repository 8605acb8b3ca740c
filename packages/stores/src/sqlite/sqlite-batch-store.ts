import { GatewayError } from "@copilot-llm/model";
import { checkCustomIds } from "../batches/check-custom-ids.js";
import { EntityLeases } from "../batches/entity-leases.js";
import type { BatchStore } from "../interfaces/batch-store.js";
import type { LedgerThreads } from "./ledger-threads.js";

/** Batches: changed on the writing thread, read on the other. */
export function createBatchStore(threads: LedgerThreads): BatchStore {
  /** The log of what is written is to be looked after. */
  async function noted<Result>(change: Promise<Result>): Promise<Result> {
    const result = await change;
    threads.scheduleFlush();
    return result;
  }

  const entities = new EntityLeases();
  const find = (id: string) => threads.read("findBatch", { id });
  return {
    create: (batch) => noted(threads.write("createBatch", batch)),
    async addItems(id, items) {
      checkCustomIds(items);
      await noted(threads.write("addItems", { id, items }));
    },
    start: (id, atMs) => noted(threads.write("startBatch", { id, atMs })),
    fail: (id, problems, atMs) => noted(threads.write("failBatch", { id, problems, atMs })),
    find,
    list: (query) => threads.read("listBatches", query),
    claim: (claim) => noted(threads.write("claimItems", claim)),
    leaseEntities: async (claim) => entities.lease(claim),
    renew: (workerId, leaseUntilMs) => threads.write("renewItems", { workerId, leaseUntilMs }),
    release: (places, workerId, atMs) => noted(threads.write("releaseItems", { places, workerId, atMs })),
    settle: (place, settled) => noted(threads.write("settleItem", { place, settled })),
    async cancel(id, atMs, audited) {
      const found = audited === null ? null : await find(id);
      if (audited !== null && found === null) throw new GatewayError("not_found", "There is no batch with this id.");
      const isOpen = found?.status === "in_progress" || found?.status === "validating";
      const event = audited !== null && found !== null && isOpen ? audited(found) : null;
      return noted(threads.write("cancelBatch", { id, atMs, event }));
    },
    expire: ({ nowMs, endedBeforeMs }) =>
      threads.alone(async () => {
        await threads.write("expireBatches", { nowMs, endedBeforeMs });
        threads.emptyLogLater();
      }),
    results: (batchId, query) => threads.read("batchResults", { batchId, query }),
    remove: (id, audited) =>
      threads.alone(async () => {
        const found = await find(id);
        if (found === null) return false;
        if (found.endedAtMs === null && found.status !== "validating") {
          throw new GatewayError("conflict", "The batch has not ended yet.");
        }
        const event = audited === null ? null : audited(found);
        const isRemoved = await threads.write("removeBatch", { id, event });
        await threads.emptyLog();
        return isRemoved;
      }),
  };
}
