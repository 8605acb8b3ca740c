import type { Audited } from "../interfaces/audited.js";
import type { StoreChange } from "../interfaces/change-feed.js";
import type { Edit } from "../interfaces/edit.js";
import type { KeyStore } from "../interfaces/key-store.js";
import type { SettingsStore } from "../interfaces/settings-store.js";
import type { TeamStore } from "../interfaces/team-store.js";
import type { TokenStore } from "../interfaces/token-store.js";
import type { UserStore } from "../interfaces/user-store.js";

interface ConfigurationStores {
  readonly tokens: TokenStore;
  readonly keys: KeyStore;
  readonly teams: TeamStore;
  readonly users: UserStore;
  readonly settings: SettingsStore;
}

/** The same stores, whose changes are told once they are made. */
export function announceChanges(stores: ConfigurationStores, tell: (change: StoreChange) => void): ConfigurationStores {
  const { tokens, keys, teams, users, settings } = stores;
  return {
    tokens: { ...tokens, ...announceEntity(tokens, (tokenId) => tell({ kind: "token_stored", tokenId })) },
    keys: { ...keys, ...announceEntity(keys, (keyId) => tell({ kind: "key_stored", keyId })) },
    teams: { ...teams, ...announceEntity(teams, (teamId) => tell({ kind: "team_stored", teamId })) },
    users: {
      ...users,
      ...announceEntity(users, (userId) => tell({ kind: "user_stored", userId })),
      async createFirst(user, session, audited) {
        const created = await users.createFirst(user, session, audited);
        if (created) tell({ kind: "user_stored", userId: user.id });
        return created;
      },
    },
    settings: {
      ...settings,
      async update(edit, audited) {
        const changed = await settings.update(edit, audited);
        tell({ kind: "settings_stored" });
        return changed;
      },
    },
  };
}

interface EntityStore<Entity extends { readonly id: string }> {
  create(entity: Entity, audited: Audited<Entity>): Promise<void>;
  update(id: string, edit: Edit<Entity>, audited: Audited<Entity>): Promise<Entity>;
  remove(id: string, audited: Audited<Entity>): Promise<boolean>;
}

function announceEntity<Entity extends { readonly id: string }>(
  store: EntityStore<Entity>,
  tell: (id: string) => void,
): EntityStore<Entity> {
  return {
    async create(entity, audited) {
      await store.create(entity, audited);
      tell(entity.id);
    },
    async update(id, edit, audited) {
      const changed = await store.update(id, edit, audited);
      tell(id);
      return changed;
    },
    async remove(id, audited) {
      const removed = await store.remove(id, audited);
      if (removed) tell(id);
      return removed;
    },
  };
}
