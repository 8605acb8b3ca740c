/** Keeps what was set last, up to `capacity` entries; older ones are forgotten. */
export class LatestMap<Key, Value> {
  readonly #capacity: number;
  readonly #entries = new Map<Key, Value>();
  /** Goes on for good: a new one would pass over everything that was ever removed from the front. */
  readonly #oldestFirst = this.#entries.keys();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  /** A key that is set again counts as new. */
  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    const oldest = this.#oldestFirst.next();
    if (oldest.done !== true) this.#entries.delete(oldest.value);
  }
}
