import {
  type ApiKey,
  type Clock,
  dayMs,
  GatewayError,
  type KeyLimits,
  type KeySeat,
  type Randomness,
  type RecordingMode,
  Secret,
  type Settings,
} from "@copilot-llm/model";
import type { KeyUsage, Stores } from "@copilot-llm/stores";
import { sha256Hex } from "../identity/hash.js";
import type { Ids } from "../identity/ids.js";
import { randomBase62 } from "../identity/random-text.js";
import { type Actor, type Audit, nameOf } from "./audit.js";
import { changedFields } from "./changed-fields.js";

const keyPrefix = "clp_";
const keyCharacters = 40;
const previewCharacters = 12;
const longestOverlapMs = 30 * dayMs;

export interface KeyAdminOptions {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly audit: Audit;
  readonly settings: () => Settings;
  /** By key id. */
  readonly lastClient: (keyId: string) => string | null;
}

export interface KeyView {
  readonly key: ApiKey;
  /** Null when the key was never used. */
  readonly usage: KeyUsage | null;
  /** The user agent of its last request, as far as this process has seen one. */
  readonly lastClient: string | null;
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
  readonly note: string;
  readonly teamId: string | null;
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
    const { lastClient } = this.#options;
    return keys.map((key) => ({ key, usage: usage.get(key.id) ?? null, lastClient: lastClient(key.id) }));
  }

  /** Throws `not_found`. */
  async find(id: string): Promise<KeyView> {
    return this.#view(await this.#stored(id));
  }

  async create(actor: Actor, input: NewKey): Promise<IssuedKey> {
    await this.#assertTokensExist(input.githubTokenIds ?? null);
    return this.#create(actor, input, null);
  }

  /** For whoever brought a seat by an invitation. */
  createForSeat(actor: Actor, input: NewKey, seat: KeySeat): Promise<IssuedKey> {
    return this.#create(actor, input, seat);
  }

  async update(actor: Actor, id: string, changes: KeyChanges): Promise<KeyView> {
    await this.#assertTokensExist(changes.githubTokenIds ?? null);
    await this.#assertTeamExists(changes.teamId ?? null);
    const { stores, audit } = this.#options;
    const { limits, ...rest } = changes;
    const changed = Object.keys({ ...rest, ...limits }).join(",");
    let before = {};
    const key = await stores.keys.update(
      id,
      (current) => {
        before = toldOf(current);
        return { ...rest, limits: { ...current.limits, ...limits } };
      },
      (after) => {
        const fields = changedFields(before, toldOf(after));
        return audit(actor, "api_key.update", id, { alias: after.alias, changed, ...fields });
      },
    );
    return this.#view(key);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { stores, audit } = this.#options;
    const isRemoved = await stores.keys.remove(id, ({ alias }) => audit(actor, "api_key.delete", id, { alias }));
    if (!isRemoved) throw notFound();
  }

  /**
   * Gives the key a new value. The one that it had works until the given time, or ends at once; the one before that
   * ends in any case.
   */
  async rotate(actor: Actor, id: string, overlapUntilMs: number | null = null): Promise<IssuedKey> {
    const { stores, clock, audit } = this.#options;
    if (overlapUntilMs !== null && overlapUntilMs > clock.nowMs() + longestOverlapMs) {
      const message = `The earlier value may work for ${longestOverlapMs / dayMs} days more at most.`;
      throw new GatewayError("invalid_request", message, { param: "overlap_until" });
    }
    // Asked before: once the key has its new value nothing may keep that from being shown.
    const { usage, lastClient } = await this.#view(await this.#stored(id));
    const issued = this.#issue();
    const key = await stores.keys.update(
      id,
      ({ keyHash }) => ({
        ...issued.stored,
        replaced: overlapUntilMs === null ? null : { keyHash, untilMs: overlapUntilMs },
      }),
      ({ alias }) => {
        const until = overlapUntilMs === null ? {} : { overlap_until: new Date(overlapUntilMs).toISOString() };
        return audit(actor, "api_key.rotate", id, { alias, ...until });
      },
    );
    return { key, usage, lastClient, value: issued.value };
  }

  async resetUsage(actor: Actor, id: string): Promise<KeyView> {
    const { stores, clock, audit } = this.#options;
    const key = await this.#stored(id);
    await stores.ledger.resetKeyUsage(id, clock.nowMs(), () =>
      audit(actor, "api_key.reset_usage", id, { alias: key.alias }),
    );
    return this.#view(key);
  }

  async #create(actor: Actor, input: NewKey, seat: KeySeat | null): Promise<IssuedKey> {
    await this.#assertTeamExists(input.teamId ?? null);
    const { stores, clock, ids, audit } = this.#options;
    const { keyDefaults } = this.#options.settings();
    const issued = this.#issue();
    const key: ApiKey = {
      enabled: true,
      githubTokenIds: null,
      expiresAtMs: null,
      teamId: null,
      note: "",
      ...keyDefaults,
      ...input,
      limits: { ...keyDefaults.limits, ...input.limits },
      ...issued.stored,
      seat,
      replaced: null,
      id: ids("key"),
      createdAtMs: clock.nowMs(),
      createdBy: nameOf(actor),
    };
    await stores.keys.create(key, () => audit(actor, "api_key.create", key.id, { alias: key.alias }));
    return { key, usage: null, lastClient: null, value: issued.value };
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

  async #assertTeamExists(id: string | null): Promise<void> {
    if (id === null || (await this.#options.stores.teams.find(id)) !== null) return;
    const message = `There is no team with the id ${JSON.stringify(id)}.`;
    throw new GatewayError("invalid_request", message, { param: "team_id" });
  }

  async #stored(id: string): Promise<ApiKey> {
    const key = await this.#options.stores.keys.find(id);
    if (key === null) throw notFound();
    return key;
  }

  async #view(key: ApiKey): Promise<KeyView> {
    const usage = (await this.#usage([key.id])).get(key.id) ?? null;
    return { key, usage, lastClient: this.#options.lastClient(key.id) };
  }

  #usage(ids: readonly string[]): Promise<ReadonlyMap<string, KeyUsage>> {
    return this.#options.stores.ledger.usageByKey(ids, this.#options.clock.nowMs());
  }
}

/** What the trail may tell of a key. */
function toldOf({ alias, enabled, allowedModels, githubTokenIds, teamId, limits, ...key }: ApiKey) {
  const { expiresAtMs, recording, note } = key;
  return { alias, enabled, allowedModels, githubTokenIds, teamId, ...limits, expiresAtMs, recording, note };
}

function notFound(): GatewayError {
  return new GatewayError("not_found", "There is no API key with this id.");
}
