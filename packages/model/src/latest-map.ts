/**
 * A map that keeps what was set or used last, up to `capacity` entries; older ones are forgotten, each at the same small
 * cost however many there are.
 */
export class LatestMap<Key, Value> {
  readonly #capacity: number;
  /** The next to be forgotten first. */
  readonly #entries = new Map<Key, Value>();
  /** Goes on for good: a new iterator would pass over everything that was ever removed from the front. */
  readonly #oldestFirst = this.#entries.keys();

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
    return value;
  }

  /** A key that is set again counts as new. Returns the value that was forgotten to make room, if any. */
  set(key: Key, value: Value): Value | undefined {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return undefined;
    const oldest = this.#oldestFirst.next();
    if (oldest.done === true) return undefined;
    const forgotten = this.#entries.get(oldest.value);
    this.#entries.delete(oldest.value);
    return forgotten;
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
