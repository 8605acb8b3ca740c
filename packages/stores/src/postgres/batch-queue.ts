export interface BatchQueueOptions<Item, Result> {
  /** Answers each item at its place, or throws for all. Calls never overlap. */
  readonly run: (batch: readonly Item[]) => Promise<readonly Result[]>;
  readonly maxItems: number;
  /** A batch holds no more than this, unless one item alone does. */
  readonly maxBytes: number;
  readonly bytesOf: (item: Item) => number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** One batch is under way at a time, and what comes meanwhile makes up the next. */
export class BatchQueue<Item, Result> {
  readonly #options: BatchQueueOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #pendingBytes = 0;
  #working: Promise<void> | null = null;

  constructor(options: BatchQueueOptions<Item, Result>) {
    this.#options = options;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  push(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#pendingBytes += this.#options.bytesOf(item);
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing is under way. */
  async settle(): Promise<void> {
    while (this.#working !== null) await this.#working;
  }

  async #work(): Promise<void> {
    // Lets everything that is pushed in the same turn join the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#batchLength());
      try {
        const results = await this.#options.run(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      for (const { item } of batch) this.#pendingBytes -= this.#options.bytesOf(item);
    }
    this.#working = null;
  }

  #batchLength(): number {
    const { maxItems, maxBytes, bytesOf } = this.#options;
    let bytes = 0;
    let length = 0;
    for (const { item } of this.#waiting) {
      bytes += bytesOf(item);
      if (length === maxItems || (length > 0 && bytes > maxBytes)) break;
      length += 1;
    }
    return length;
  }
}
