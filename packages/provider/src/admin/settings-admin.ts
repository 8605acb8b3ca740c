import { type BatchSettings, GatewayError, type KeyDefaults, type KeyLimits, type Settings } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { SettingsCache } from "../changes/settings-cache.js";
import type { Actor, Audit } from "./audit.js";
import { changedFields } from "./changed-fields.js";
import { assertVersion, settingsVersion } from "./settings-version.js";

export interface SettingsAdminOptions {
  readonly cache: SettingsCache;
  readonly pool: Pick<Pool, "setStrategy">;
  readonly audit: Audit;
}

/** What is left out stays as it is; aliases and fallbacks are replaced as a whole. */
export type SettingsChanges = Partial<Omit<Settings, "keyDefaults" | "batches">> & {
  readonly batches?: Partial<BatchSettings>;
  readonly keyDefaults?: Partial<Omit<KeyDefaults, "limits">> & { readonly limits?: Partial<KeyLimits> };
};

/** The admin's verbs for the settings. A change is stored, then in force at once. */
export class SettingsAdmin {
  readonly #options: SettingsAdminOptions;

  constructor(options: SettingsAdminOptions) {
    this.#options = options;
  }

  read(): Settings {
    return this.#options.cache.current();
  }

  /** What to give to `update` to change these settings and no others. */
  version(): string {
    return settingsVersion(this.read());
  }

  /**
   * Throws `invalid_request` for a model that is to stand in for itself, and `conflict` when the settings are not those
   * of `expectedVersion`; null takes them as they are.
   */
  async update(actor: Actor, changes: SettingsChanges, expectedVersion: string | null = null): Promise<Settings> {
    const { cache, pool, audit } = this.#options;
    const changed = Object.keys(changes);
    if (changed.length === 0) return cache.current();
    assertSound(changes);
    const { keyDefaults, batches, ...rest } = changes;
    let before = {};
    const settings = await cache.update(
      (current) => {
        assertVersion(current, expectedVersion);
        before = current;
        const defaults = current.keyDefaults;
        return {
          ...rest,
          keyDefaults: { ...defaults, ...keyDefaults, limits: { ...defaults.limits, ...keyDefaults?.limits } },
          batches: { ...current.batches, ...batches },
        };
      },
      (after) => audit(actor, "settings.update", null, { changed: changed.join(","), ...changedFields(before, after) }),
    );
    pool.setStrategy(settings.routingStrategy);
    return settings;
  }
}

function assertSound({ modelAliases = {}, modelFallbacks = {} }: SettingsChanges): void {
  for (const [alias, model] of Object.entries(modelAliases)) {
    if (alias === model) throw unsound("model_aliases", `\`${alias}\` would stand for itself.`);
  }
  for (const [model, chain] of Object.entries(modelFallbacks)) {
    if (chain.includes(model)) throw unsound("model_fallbacks", `\`${model}\` would stand in for itself.`);
    if (new Set(chain).size < chain.length) throw unsound("model_fallbacks", `\`${model}\` has a model twice.`);
  }
}

function unsound(param: string, message: string): GatewayError {
  return new GatewayError("invalid_request", `\`${param}\`: ${message}`, { param });
}
