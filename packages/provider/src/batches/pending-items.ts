import type { Batch } from "@copilot-llm/model";
import type { BatchStore } from "@copilot-llm/stores";

const pageSize = 200;

/** How many items of batches in progress have not begun, as of the latest look. */
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

  /** Looks at every batch that has not ended. */
  async read(batches: Pick<BatchStore, "list">): Promise<void> {
    const open: Batch[] = [];
    for (let page: readonly Batch[] | null = null; page === null || page.length === pageSize; ) {
      const last = open.at(-1);
      const after = last === undefined ? {} : { afterId: last.id };
      page = await batches.list({ ownerId: null, isOpen: true, limit: pageSize, ...after });
      open.push(...page);
    }
    this.#byBatch = new Map();
    for (const batch of open) this.note(batch);
  }
}
