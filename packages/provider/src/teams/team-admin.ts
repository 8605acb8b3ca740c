import { type Charges, type Clock, GatewayError, type KeyLimits, noLimits, type Team } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import type { Actor, Audit } from "../admin/audit.js";
import { changedFields } from "../admin/changed-fields.js";
import type { Ids } from "../identity/ids.js";

export interface TeamAdminOptions {
  readonly stores: Pick<Stores, "teams" | "keys" | "ledger">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
}

export interface TeamView {
  readonly team: Team;
  readonly keyIds: readonly string[];
  /** What its keys used in the team's own period. */
  readonly used: Charges;
}

export interface TeamChanges {
  readonly name?: string;
  readonly limits?: Partial<KeyLimits>;
}

const nothing: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

/** The admin's verbs for teams. Each change and its place on the trail are one step of the stores. */
export class TeamAdmin {
  readonly #options: TeamAdminOptions;

  constructor(options: TeamAdminOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly TeamView[]> {
    return Promise.all((await this.#options.stores.teams.list()).map((team) => this.#view(team)));
  }

  async create(actor: Actor, input: TeamChanges & { readonly name: string }): Promise<TeamView> {
    const { stores, clock, ids, audit } = this.#options;
    const limits = { ...noLimits, ...input.limits };
    const team: Team = { id: ids("team"), name: input.name, createdAtMs: clock.nowMs(), limits };
    await stores.teams.create(team, ({ id, name }) => audit(actor, "team.create", id, { name }));
    return this.#view(team);
  }

  /** What is left out stays as it is; null lifts a limit. */
  async update(actor: Actor, id: string, { name, limits }: TeamChanges): Promise<TeamView> {
    const { stores, audit } = this.#options;
    const changed = Object.keys({ ...(name === undefined ? {} : { name }), ...limits }).join(",");
    let before = {};
    const team = await stores.teams.update(
      id,
      (current) => {
        before = toldOf(current);
        return { ...(name === undefined ? {} : { name }), limits: { ...current.limits, ...limits } };
      },
      (after) => {
        const fields = changedFields(before, toldOf(after));
        return audit(actor, "team.update", id, { name: after.name, changed, ...fields });
      },
    );
    return this.#view(team);
  }

  /** Throws `conflict` while keys are in it, whose limits would vanish without a word, or open invitations lead into it. */
  async remove(actor: Actor, id: string): Promise<void> {
    const { stores, audit } = this.#options;
    const isRemoved = await stores.teams.remove(id, ({ name }) => audit(actor, "team.delete", id, { name }));
    if (!isRemoved) throw new GatewayError("not_found", "There is no team with this id.");
  }

  async #view(team: Team): Promise<TeamView> {
    const { stores, clock } = this.#options;
    const members = (await stores.keys.list()).filter(({ teamId }) => teamId === team.id);
    const keyIds = members.map(({ id }) => id);
    const usage = await stores.ledger.usageByKey(keyIds, clock.nowMs());
    const used = [...usage.values()].map((one) => one[team.limits.limitPeriod]).reduce(add, nothing);
    return { team, keyIds, used };
  }
}

/** What the trail may tell of a team. */
function toldOf({ name, limits }: Team) {
  return { name, ...limits };
}

function add(one: Charges, other: Charges): Charges {
  return {
    requests: one.requests + other.requests,
    premiumUnits: one.premiumUnits + other.premiumUnits,
    nanoAiu: one.nanoAiu + other.nanoAiu,
    tokens: one.tokens + other.tokens,
  };
}
