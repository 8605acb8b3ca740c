import type { Settings } from "@copilot-llm/model";
import type { SettingsStore } from "@copilot-llm/stores";

/** The settings in memory, since every request reads them. */
export class SettingsCache {
  readonly #store: SettingsStore;
  #current: Settings;

  private constructor(store: SettingsStore, current: Settings) {
    this.#store = store;
    this.#current = current;
  }

  static async open(store: SettingsStore): Promise<SettingsCache> {
    return new SettingsCache(store, await store.read());
  }

  current(): Settings {
    return this.#current;
  }

  /** Reads the settings again, after somebody else changed them. */
  async reload(): Promise<Settings> {
    this.#current = await this.#store.read();
    return this.#current;
  }

  async update(changes: Partial<Settings>): Promise<Settings> {
    this.#current = await this.#store.update(changes);
    return this.#current;
  }
}
