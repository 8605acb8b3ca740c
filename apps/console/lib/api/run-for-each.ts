/** How something came out that was done to many things one by one. */
export interface BulkOutcome {
  done: number;
  /** The first failure; the others are likely alike. */
  error: Error | null;
  failed: number;
}

const atATime = 4;

/** Does the same to many things, a few at a time; a failure does not stop the rest. */
export async function runForEach<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<unknown>,
): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, error: null, failed: 0 };
  const waiting = [...items];
  const work = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await run(item);
        outcome.done += 1;
      } catch (error) {
        outcome.failed += 1;
        outcome.error ??= error instanceof Error ? error : new Error(String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, work));
  return outcome;
}
