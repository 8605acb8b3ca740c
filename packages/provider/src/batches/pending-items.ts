import type { Batch } from "@copilot-llm/model";
import type { BatchStore } from "@copilot-llm/stores";

const pageSize = 200;

/** How many items of batches in progress have not begun, as far as it was looked at. */
export class PendingItems {
  #byBatch = new Map<string, number>();

  get total(): number {
    let total = 0;
    for (const pending of this.#byBatch.values()) total += pending;
    return total;
  }

  note({ id, status, counts }: Batch): void {
    if (status === "in_progress" && counts.pending > 0) this.#byBatch.set(id, counts.pending);
    else this.#byBatch.delete(id);
  }

  /** An item is pending again. */
  addOne(batchId: string): void {
    this.#byBatch.set(batchId, (this.#byBatch.get(batchId) ?? 0) + 1);
  }

  /** Looks at the newest batches; older ones have ended, or are few. */
  async read(batches: Pick<BatchStore, "list">): Promise<void> {
    const newest = await batches.list({ ownerId: null, limit: pageSize });
    this.#byBatch = new Map();
    for (const batch of newest) this.note(batch);
  }
}
