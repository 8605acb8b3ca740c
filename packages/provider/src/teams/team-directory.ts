import type { ApiKey, Cancel, Team } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";

/** A key's team, with the keys whose use counts for its limits. */
export interface TeamOfKey {
  readonly team: Team;
  readonly keyIds: readonly string[];
}

/** The teams and who is in them, in memory, since every request of a team's keys asks. */
export class TeamDirectory {
  readonly #stores: Pick<Stores, "teams" | "keys">;
  readonly #stop: Cancel;
  #loading: Promise<ReadonlyMap<string, TeamOfKey>> | null = null;

  constructor(stores: Pick<Stores, "teams" | "keys" | "changes">) {
    this.#stores = stores;
    this.#stop = stores.changes.subscribe(({ kind }) => {
      if (kind === "team_stored" || kind === "key_stored" || kind === "interrupted") this.#loading = null;
    });
  }

  /** Null for a key without a team, or whose team is gone. */
  async teamOf(key: ApiKey): Promise<TeamOfKey | null> {
    if (key.teamId === null) return null;
    this.#loading ??= this.#load();
    const loading = this.#loading;
    try {
      return (await loading).get(key.teamId) ?? null;
    } catch (error) {
      if (this.#loading === loading) this.#loading = null;
      throw error;
    }
  }

  close(): void {
    this.#stop();
  }

  async #load(): Promise<ReadonlyMap<string, TeamOfKey>> {
    const [teams, keys] = await Promise.all([this.#stores.teams.list(), this.#stores.keys.list()]);
    return new Map(
      teams.map((team) => {
        const members = keys.filter(({ teamId }) => teamId === team.id);
        return [team.id, { team, keyIds: members.map(({ id }) => id) }];
      }),
    );
  }
}
