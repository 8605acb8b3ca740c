import type { AuditEvent, BatchProblem, StoredFile } from "@copilot-llm/model";
import type { ItemPlace, ItemToAdd, ItemToSettle, NewBatch } from "../../interfaces/batch-store.js";
import type { BatchWriter } from "../batches/batch-writer.js";
import type { FileWriter } from "../batches/file-writer.js";
import type { Claim, ItemWriter } from "../batches/item-writer.js";
import type { Durability } from "./durability.js";
import type { LedgerWriter } from "./ledger-writer.js";

export interface BatchParts {
  readonly writer: Pick<LedgerWriter, "transact">;
  readonly durability: Durability;
  readonly batches: BatchWriter;
  readonly items: ItemWriter;
  readonly files: FileWriter;
}

/** The writing thread's part of batches and files. What a client is told of is on the medium first. */
export function createBatchCalls(parts: () => BatchParts) {
  async function durably<Result>(change: () => Result | Promise<Result>): Promise<Result> {
    const result = await change();
    await parts().durability.sync();
    return result;
  }
  return {
    createBatch: (batch: NewBatch) => durably(() => parts().batches.create(batch)),
    addItems: ({ id, items }: { readonly id: string; readonly items: readonly ItemToAdd[] }) =>
      parts().batches.addItems(id, items),
    startBatch: ({ id, atMs }: { readonly id: string; readonly atMs: number }) =>
      durably(() => parts().batches.start(id, atMs)),
    failBatch: ({ id, problems, atMs }: FailBatch) => durably(() => parts().batches.fail(id, problems, atMs)),
    cancelBatch: ({ id, atMs, event }: CancelBatch) => durably(() => parts().batches.cancel(id, atMs, event)),
    removeBatch: ({ id, event }: { readonly id: string; readonly event: AuditEvent | null }) =>
      durably(() => parts().batches.remove(id, event)),
    expireBatches: ({ nowMs, endedBeforeMs }: { readonly nowMs: number; readonly endedBeforeMs: number }) =>
      parts().batches.expire(nowMs, endedBeforeMs),
    claimItems(claim: Claim) {
      const { writer, items } = parts();
      return writer.transact(() => items.claim(claim));
    },
    renewItems({ workerId, leaseUntilMs }: { readonly workerId: string; readonly leaseUntilMs: number }): void {
      const { writer, items } = parts();
      writer.transact(() => items.renew(workerId, leaseUntilMs));
    },
    releaseItems({ places, workerId, atMs }: ReleaseItems): void {
      const { writer, items } = parts();
      writer.transact(() => items.release(places, workerId, atMs));
    },
    settleItem({ place, settled }: { readonly place: ItemPlace; readonly settled: ItemToSettle }): void {
      const { writer, items } = parts();
      writer.transact(() => items.settle(place, settled));
    },
    addFile: ({ file, temporaryName }: { readonly file: StoredFile; readonly temporaryName: string }) =>
      durably(() => {
        const { writer, files } = parts();
        writer.transact(() => files.add(file, temporaryName));
      }),
    removeFile: ({ id }: { readonly id: string }) =>
      durably(() => {
        const { writer, files } = parts();
        const removed = writer.transact(() => files.remove(id));
        files.unlink(removed);
        return removed.length > 0;
      }),
  };
}

export interface FailBatch {
  readonly id: string;
  readonly problems: readonly BatchProblem[];
  readonly atMs: number;
}

export interface CancelBatch {
  readonly id: string;
  readonly atMs: number;
  readonly event: AuditEvent | null;
}

export interface ReleaseItems {
  readonly places: readonly ItemPlace[];
  readonly workerId: string;
  readonly atMs: number;
}
