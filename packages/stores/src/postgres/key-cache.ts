import type { ApiKey } from "@copilot-llm/model";

export interface KeyCacheOptions {
  readonly load: () => Promise<readonly ApiKey[]>;
  /** Whether `invalidate` is sure to be called when a key changes anywhere. */
  readonly hearsChanges: () => boolean;
}

/** A key is found by its present hash, and by the one that it replaced. */
function indexByHash(keys: readonly ApiKey[]): ReadonlyMap<string, ApiKey> {
  const replaced = keys.flatMap((key) => (key.replaced === null ? [] : [[key.replaced.keyHash, key] as const]));
  return new Map([...replaced, ...keys.map((key) => [key.keyHash, key] as const)]);
}

/** All keys by hash, so that neither known nor made-up keys cost a query. */
export class KeyCache {
  readonly #options: KeyCacheOptions;
  #loading: Promise<ReadonlyMap<string, ApiKey>> | null = null;

  constructor(options: KeyCacheOptions) {
    this.#options = options;
  }

  /** What is remembered, or what is being loaded, may be out of date from now on. */
  invalidate(): void {
    this.#loading = null;
  }

  /** Null when the memory cannot be trusted: then only the database knows. */
  async keys(): Promise<ReadonlyMap<string, ApiKey> | null> {
    while (this.#options.hearsChanges()) {
      this.#loading ??= this.#load();
      const loading = this.#loading;
      const keys = await loading;
      if (loading === this.#loading && this.#options.hearsChanges()) return keys;
    }
    return null;
  }

  #load(): Promise<ReadonlyMap<string, ApiKey>> {
    const loading = this.#options.load().then(indexByHash);
    loading.catch(() => {
      if (this.#loading === loading) this.#loading = null;
    });
    return loading;
  }
}
