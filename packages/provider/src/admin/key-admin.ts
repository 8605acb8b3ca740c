import {
  type ApiKey,
  type Clock,
  GatewayError,
  type KeyLimits,
  type Randomness,
  type RecordingMode,
  Secret,
  type Settings,
} from "@copilot-llm/model";
import type { KeyUsage, Stores } from "@copilot-llm/stores";
import { sha256Hex } from "../identity/hash.js";
import type { Ids } from "../identity/ids.js";
import { randomBase62 } from "../identity/random-text.js";
import type { Actor, Audit } from "./audit.js";

const keyPrefix = "clp_";
const keyCharacters = 40;
const previewCharacters = 12;

export interface KeyAdminOptions {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly audit: Audit;
  readonly settings: () => Settings;
}

export interface KeyView {
  readonly key: ApiKey;
  /** Null when the key was never used. */
  readonly usage: KeyUsage | null;
}

/** A key as it leaves `create` and `rotate`: the only two moments its value is known. */
export interface IssuedKey extends KeyView {
  readonly value: Secret;
}

export interface KeySettings {
  readonly alias: string;
  readonly enabled: boolean;
  readonly allowedModels: readonly string[] | null;
  readonly githubTokenIds: readonly string[] | null;
  readonly limits: KeyLimits;
  readonly expiresAtMs: number | null;
  readonly recording: RecordingMode | null;
}

/** What is left out follows the settings' defaults for keys; null lifts a limit. */
export type NewKey = KeyChanges & Pick<KeySettings, "alias">;

/** What is left out stays as it is; null lifts a limit. */
export type KeyChanges = Partial<Omit<KeySettings, "limits">> & { readonly limits?: Partial<KeyLimits> };

/** The admin's verbs for managed keys. Each change and its place on the trail are one step of the stores. */
export class KeyAdmin {
  readonly #options: KeyAdminOptions;

  constructor(options: KeyAdminOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly KeyView[]> {
    const keys = await this.#options.stores.keys.list();
    const usage = await this.#usage(keys.map((key) => key.id));
    return keys.map((key) => ({ key, usage: usage.get(key.id) ?? null }));
  }

  /** Throws `not_found`. */
  async find(id: string): Promise<KeyView> {
    return this.#view(await this.#stored(id));
  }

  async create(actor: Actor, input: NewKey): Promise<IssuedKey> {
    await this.#assertTokensExist(input.githubTokenIds ?? null);
    const { stores, clock, ids, audit } = this.#options;
    const { keyDefaults } = this.#options.settings();
    const issued = this.#issue();
    const key: ApiKey = {
      enabled: true,
      githubTokenIds: null,
      expiresAtMs: null,
      ...keyDefaults,
      ...input,
      limits: { ...keyDefaults.limits, ...input.limits },
      ...issued.stored,
      id: ids("key"),
      createdAtMs: clock.nowMs(),
    };
    await stores.keys.create(key, () => audit(actor, "api_key.create", key.id, { alias: key.alias }));
    return { key, usage: null, value: issued.value };
  }

  async update(actor: Actor, id: string, changes: KeyChanges): Promise<KeyView> {
    await this.#assertTokensExist(changes.githubTokenIds ?? null);
    const { stores, audit } = this.#options;
    const { limits, ...rest } = changes;
    const changed = Object.keys({ ...rest, ...limits }).join(",");
    const key = await stores.keys.update(
      id,
      (current) => ({ ...rest, limits: { ...current.limits, ...limits } }),
      ({ alias }) => audit(actor, "api_key.update", id, { alias, changed }),
    );
    return this.#view(key);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { stores, audit } = this.#options;
    const isRemoved = await stores.keys.remove(id, ({ alias }) => audit(actor, "api_key.delete", id, { alias }));
    if (!isRemoved) throw notFound();
  }

  /** Gives the key a new value; the old one ends at once. */
  async rotate(actor: Actor, id: string): Promise<IssuedKey> {
    const { stores, audit } = this.#options;
    // Asked before: once the key has its new value nothing may keep that from being shown.
    const { usage } = await this.#view(await this.#stored(id));
    const issued = this.#issue();
    const key = await stores.keys.update(
      id,
      () => issued.stored,
      ({ alias }) => audit(actor, "api_key.rotate", id, { alias }),
    );
    return { key, usage, value: issued.value };
  }

  async resetUsage(actor: Actor, id: string): Promise<KeyView> {
    const { stores, clock, audit } = this.#options;
    const key = await this.#stored(id);
    await stores.ledger.resetKeyUsage(id, clock.nowMs(), () =>
      audit(actor, "api_key.reset_usage", id, { alias: key.alias }),
    );
    return this.#view(key);
  }

  #issue(): { readonly value: Secret; readonly stored: Pick<ApiKey, "keyHash" | "keyPreview"> } {
    const value = keyPrefix + randomBase62(this.#options.randomness, keyCharacters);
    const stored = { keyHash: sha256Hex(value), keyPreview: value.slice(0, previewCharacters) };
    return { value: new Secret(value), stored };
  }

  async #assertTokensExist(ids: readonly string[] | null): Promise<void> {
    for (const id of ids ?? []) {
      if ((await this.#options.stores.tokens.find(id)) === null) {
        throw new GatewayError("invalid_request", `There is no GitHub token with the id ${JSON.stringify(id)}.`, {
          param: "github_token_ids",
        });
      }
    }
  }

  async #stored(id: string): Promise<ApiKey> {
    const key = await this.#options.stores.keys.find(id);
    if (key === null) throw notFound();
    return key;
  }

  async #view(key: ApiKey): Promise<KeyView> {
    return { key, usage: (await this.#usage([key.id])).get(key.id) ?? null };
  }

  #usage(ids: readonly string[]): Promise<ReadonlyMap<string, KeyUsage>> {
    return this.#options.stores.ledger.usageByKey(ids, this.#options.clock.nowMs());
  }
}

function notFound(): GatewayError {
  return new GatewayError("not_found", "There is no API key with this id.");
}
