import {
  type Clock,
  GatewayError,
  type Invite,
  type InvitedKey,
  noLimits,
  type Randomness,
  Secret,
} from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import { type Actor, type Audit, nameOf } from "../admin/audit.js";
import { sha256Hex } from "../identity/hash.js";
import type { Ids } from "../identity/ids.js";
import { randomBase62 } from "../identity/random-text.js";

const codeCharacters = 32;

export interface InviteAdminOptions {
  readonly stores: Pick<Stores, "invites" | "teams" | "tokens" | "keys">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly audit: Audit;
}

export interface NewInvite {
  readonly name: string;
  readonly expiresAtMs: number;
  readonly servesOwnerFirst: boolean;
  readonly key: Partial<Omit<InvitedKey, "limits">> & { readonly limits?: Partial<InvitedKey["limits"]> };
}

/** `open`: waits for its person; `expired`: too late; `joined` and `left`: as it says. */
export type InviteStatus = "open" | "expired" | "joined" | "left";

export interface IssuedInvite {
  readonly invite: Invite;
  /** Known at this moment only. */
  readonly code: Secret;
}

/** The admin's verbs for invitations. Each change and its place on the trail are one step of the stores. */
export class InviteAdmin {
  readonly #options: InviteAdminOptions;

  constructor(options: InviteAdminOptions) {
    this.#options = options;
  }

  list(): Promise<readonly Invite[]> {
    return this.#options.stores.invites.list();
  }

  status(invite: Invite): InviteStatus {
    return inviteStatus(invite, this.#options.clock.nowMs());
  }

  /** Throws `invalid_request` for a time that is over and a team that is not there, `conflict` for a name that is taken. */
  async create(actor: Actor, input: NewInvite): Promise<IssuedInvite> {
    const { stores, clock, ids, randomness, audit } = this.#options;
    if (input.expiresAtMs <= clock.nowMs()) {
      throw new GatewayError("invalid_request", "The invitation would end before it begins.", { param: "expires_at" });
    }
    await this.#assertUsable(input);
    const code = randomBase62(randomness, codeCharacters);
    const invite: Invite = {
      id: ids("inv"),
      codeHash: sha256Hex(code),
      name: input.name,
      createdAtMs: clock.nowMs(),
      createdBy: nameOf(actor),
      expiresAtMs: input.expiresAtMs,
      key: {
        allowedModels: null,
        recording: null,
        expiresAtMs: null,
        teamId: null,
        ...input.key,
        limits: { ...noLimits, ...input.key.limits },
      },
      servesOwnerFirst: input.servesOwnerFirst,
      claimedUntilMs: null,
      joined: null,
    };
    await stores.invites.create(invite, ({ id, name }) => audit(actor, "invite.create", id, { name }));
    return { invite, code: new Secret(code) };
  }

  /** The link opens nothing from now on. Who has joined by it stays. Throws `not_found`. */
  async remove(actor: Actor, id: string): Promise<void> {
    const { stores, audit } = this.#options;
    const isRemoved = await stores.invites.remove(id, ({ name }) => audit(actor, "invite.delete", id, { name }));
    if (!isRemoved) throw new GatewayError("not_found", "There is no such invitation.");
  }

  async #assertUsable({ name, key }: NewInvite): Promise<void> {
    const { stores } = this.#options;
    const isTaken = ({ alias }: { readonly alias: string }) => alias.toLowerCase() === name.toLowerCase();
    if ((await stores.tokens.list()).some(isTaken) || (await stores.keys.list()).some(isTaken)) {
      throw new GatewayError("conflict", `There is a token or a key called "${name}" already.`, { param: "name" });
    }
    if (typeof key.teamId === "string" && (await stores.teams.find(key.teamId)) === null) {
      const message = `There is no team with the id ${JSON.stringify(key.teamId)}.`;
      throw new GatewayError("invalid_request", message, { param: "team_id" });
    }
  }
}

export function inviteStatus({ joined, expiresAtMs }: Invite, nowMs: number): InviteStatus {
  if (joined !== null) return joined.leftAtMs === null ? "joined" : "left";
  return nowMs < expiresAtMs ? "open" : "expired";
}
