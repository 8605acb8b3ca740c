interface Entry<Key, Value> {
  readonly key: Key;
  value: Value;
  older: Entry<Key, Value> | null;
  newer: Entry<Key, Value> | null;
}

/**
 * A map that keeps what was set or used last, up to `capacity` entries; older ones are forgotten, each at the same small
 * cost however many there are.
 *
 * The order is a chain of its own. To delete a key of a `Map` and set it again would keep the order too; but V8 leaves what
 * was deleted in the key's bucket until the table is full, and looks at all of it each time the key is set: with 20,000 entries,
 * some 50 µs for a key that is used by every request.
 */
export class LatestMap<Key, Value> {
  readonly #capacity: number;
  readonly #entries = new Map<Key, Entry<Key, Value>>();
  #oldest: Entry<Key, Value> | null = null;
  #newest: Entry<Key, Value> | null = null;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Oldest first, as they are now. */
  entries(): readonly (readonly [Key, Value])[] {
    const entries: [Key, Value][] = [];
    for (let entry = this.#oldest; entry !== null; entry = entry.newer) entries.push([entry.key, entry.value]);
    return entries;
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** Leaves the key as old as it is. */
  get(key: Key): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** A key that is used counts as new. */
  use(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#makeNewest(entry);
    return entry.value;
  }

  /** A key that is set again counts as new. Returns the value that was forgotten to make room, if any. */
  set(key: Key, value: Value): Value | undefined {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.value = value;
      this.#makeNewest(known);
      return undefined;
    }
    const entry: Entry<Key, Value> = { key, value, older: null, newer: null };
    this.#entries.set(key, entry);
    this.#append(entry);
    if (this.#entries.size <= this.#capacity || this.#oldest === null) return undefined;
    const forgotten = this.#oldest;
    this.#remove(forgotten);
    return forgotten.value;
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#remove(entry);
  }

  #makeNewest(entry: Entry<Key, Value>): void {
    if (entry === this.#newest) return;
    this.#unlink(entry);
    this.#append(entry);
  }

  #remove(entry: Entry<Key, Value>): void {
    this.#entries.delete(entry.key);
    this.#unlink(entry);
  }

  #append(entry: Entry<Key, Value>): void {
    entry.older = this.#newest;
    if (this.#newest === null) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  /** Nothing of what it was beside stays reachable from it: it may lie in the old generation for long. */
  #unlink(entry: Entry<Key, Value>): void {
    const { older, newer } = entry;
    if (older === null) this.#oldest = newer;
    else older.newer = newer;
    if (newer === null) this.#newest = older;
    else newer.older = older;
    entry.older = null;
    entry.newer = null;
  }
}
