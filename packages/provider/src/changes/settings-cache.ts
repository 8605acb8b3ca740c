import type { Settings } from "@copilot-llm/model";
import type { Audited, Edit, SettingsStore } from "@copilot-llm/stores";

/** The settings in memory, since every request reads them. */
export class SettingsCache {
  readonly #store: SettingsStore;
  #current: Settings;
  /** One question to the store at a time: the last answer to come is the newest. */
  #last: Promise<Settings>;

  private constructor(store: SettingsStore, current: Settings) {
    this.#store = store;
    this.#current = current;
    this.#last = Promise.resolve(current);
  }

  static async open(store: SettingsStore): Promise<SettingsCache> {
    return new SettingsCache(store, await store.read());
  }

  current(): Settings {
    return this.#current;
  }

  /** Reads the settings again, after somebody else changed them. */
  reload(): Promise<Settings> {
    return this.#ask(() => this.#store.read());
  }

  update(edit: Edit<Settings>, audited: Audited<Settings>): Promise<Settings> {
    return this.#ask(() => this.#store.update(edit, audited));
  }

  #ask(question: () => Promise<Settings>): Promise<Settings> {
    const answer = this.#last
      .catch(() => undefined)
      .then(async () => {
        this.#current = await question();
        return this.#current;
      });
    this.#last = answer;
    return answer;
  }
}
