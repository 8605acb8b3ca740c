import type { Batch } from "@copilot-llm/model";
import type { BatchStore } from "@copilot-llm/stores";
import { expect, it } from "vitest";
import { PendingItems } from "./pending-items.js";

/** Batches with one pending item each, of which every second one has ended, the newest first. */
function listOf(count: number): Pick<BatchStore, "list"> {
  const all = Array.from({ length: count }, (_, index) => {
    const hasEnded = index % 2 === 1;
    const counts = { pending: hasEnded ? 0 : 1 };
    return { id: `batch_${index}`, status: hasEnded ? "completed" : "in_progress", counts } as Batch;
  });
  return {
    list: async ({ isOpen, afterId, limit }) => {
      const after = afterId === undefined ? 0 : all.findIndex(({ id }) => id === afterId) + 1;
      return all
        .slice(after)
        .filter(({ status }) => isOpen !== true || status === "in_progress")
        .slice(0, limit);
    },
  };
}

it.each([0, 1, 400, 1_001])("counts the items of all %i batches, not of the newest alone", async (count) => {
  const pending = new PendingItems();
  await pending.read(listOf(count));
  expect(pending.total).toBe(Math.ceil(count / 2));
});

it("forgets what has ended meanwhile", async () => {
  const pending = new PendingItems();
  await pending.read(listOf(10));
  await pending.read(listOf(2));
  expect(pending.total).toBe(1);
});
