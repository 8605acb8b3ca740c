/**
 * A map that keeps what was set or used last, up to `capacity` entries; older ones are forgotten, each at the same small
 * cost however many there are.
 */
export class LatestMap<Key, Value> {
  readonly #capacity: number;
  /** The next to be forgotten first. */
  readonly #entries = new Map<Key, Value>();
  /**
   * Kept from one forgetting to the next: a new iterator passes over all that was removed from the front. But one that rests keeps in memory
   * every table that the map has had since (V8 chains them), so it is given up after as many changes as there are entries.
   */
  #oldestFirst: Iterator<Key> | null = null;
  #changesSince = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Oldest first. */
  entries(): IterableIterator<[Key, Value]> {
    return this.#entries.entries();
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** Leaves the key as old as it is. */
  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  /** A key that is used counts as new. */
  use(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#noteChange();
    return value;
  }

  /** A key that is set again counts as new. Returns the value that was forgotten to make room, if any. */
  set(key: Key, value: Value): Value | undefined {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#noteChange();
    if (this.#entries.size <= this.#capacity) return undefined;
    this.#oldestFirst ??= this.#entries.keys();
    const oldest = this.#oldestFirst.next();
    if (oldest.done === true) return undefined;
    const forgotten = this.#entries.get(oldest.value);
    this.#entries.delete(oldest.value);
    return forgotten;
  }

  delete(key: Key): void {
    this.#entries.delete(key);
    this.#noteChange();
  }

  #noteChange(): void {
    this.#changesSince += 1;
    if (this.#changesSince <= this.#entries.size) return;
    this.#oldestFirst = null;
    this.#changesSince = 0;
  }
}
