import { type Clock, GatewayError, type Invite, type Log, type Secret } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import type { Actor, Audit } from "../admin/audit.js";
import type { IssuedKey, KeyAdmin } from "../admin/key-admin.js";
import type { TokenAdmin } from "../admin/token-admin.js";
import type { TokenView } from "../admin/token-views.js";
import { sha256Hex } from "../identity/hash.js";
import { consentText } from "./consent-text.js";
import { inviteStatus } from "./invite-admin.js";

/** While one person joins nobody else may with the same link: as long as a device flow lasts. */
const claimMs = 15 * 60_000;

export interface SeatAdmissionOptions {
  readonly stores: Pick<Stores, "invites">;
  readonly tokens: Pick<TokenAdmin, "add" | "check" | "remove">;
  readonly keys: Pick<KeyAdmin, "createForSeat" | "remove">;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
}

/** A seat in the pool with its owner's key. */
export interface Seat {
  readonly tokenId: string;
  readonly issued: IssuedKey;
}

/** Brings a person's token into the pool and makes their key: both, or neither. */
export class SeatAdmission {
  readonly #options: SeatAdmissionOptions;

  constructor(options: SeatAdmissionOptions) {
    this.#options = options;
  }

  /** The invitation. Throws `not_found` for a code that opens nothing, `conflict` for one that was used or is too old. */
  async open(code: Secret): Promise<Invite> {
    const invite = await this.#options.stores.invites.findByHash(sha256Hex(code.reveal()));
    if (invite === null) throw takenBack();
    this.#assertOpen(invite);
    return invite;
  }

  /**
   * The invitation is this person's for a while; what they agreed to goes on the trail with it. Throws `invalid_request`
   * for other words than the present ones, `conflict` as `open`, and while somebody else has it.
   */
  claim({ id }: Invite, agreedTo: string): Promise<Invite> {
    const { stores, clock, audit } = this.#options;
    if (agreedTo !== consentText) {
      const message = "Whoever joins has to agree to what the invitation says, in its present words.";
      throw new GatewayError("invalid_request", message, { param: "consent_text" });
    }
    return stores.invites.update(
      id,
      (invite) => {
        this.#assertOpen(invite);
        if (invite.claimedUntilMs !== null && clock.nowMs() < invite.claimedUntilMs) {
          throw new GatewayError("conflict", "Somebody is joining with this invitation right now.");
        }
        return { claimedUntilMs: clock.nowMs() + claimMs };
      },
      ({ name }) => audit(name, "seat.consent", id, { name, text: consentText }),
    );
  }

  /** Ends the claim that was made with this invitation, and no later one. Never rejects: a claim ends by itself, too. */
  async giveUp({ id, claimedUntilMs }: Invite): Promise<void> {
    await this.#options.stores.invites
      .update(id, (now) => (now.claimedUntilMs === claimedUntilMs ? { claimedUntilMs: null } : {}), null)
      .catch(() => {});
  }

  /**
   * Takes the token into the pool, waits for GitHub to accept it, and makes its owner's key for the claimed invitation. On
   * whatever it throws neither is kept, and the link can be used again: `invalid_request` for a token that GitHub refuses,
   * `unavailable` when GitHub does not say in time, `not_found` when the invitation was deleted meanwhile.
   */
  async admit(invite: Invite, token: Secret): Promise<Seat> {
    const { tokens, keys } = this.#options;
    const { name, key, servesOwnerFirst } = invite;
    let tokenId: string | null = null;
    let keyId: string | null = null;
    try {
      const credential = { kind: "user", token } as const;
      tokenId = (await tokens.add(name, { alias: name, enabled: true, credential })).id;
      assertServes(await tokens.check(tokenId));
      const seat = { tokenId, servesFirst: servesOwnerFirst };
      const issued = await keys.createForSeat(name, { ...key, alias: name }, seat);
      keyId = issued.key.id;
      await this.#noteJoined(invite, tokenId, keyId);
      return { tokenId, issued };
    } catch (error) {
      await this.#remove(name, keyId, tokenId);
      await this.giveUp(invite);
      throw error;
    }
  }

  /** Removes a seat whose key never reached its owner, who could not take it away; the link is open again. Never rejects. */
  async takeBack({ id }: Invite, { tokenId, issued }: Seat): Promise<void> {
    const keyId = issued.key.id;
    await this.#remove("system", keyId, tokenId);
    await this.#options.stores.invites
      .update(id, ({ joined }) => (joined?.keyId === keyId ? { joined: null } : {}), null)
      .catch(() => {});
  }

  #assertOpen(invite: Invite): void {
    const status = inviteStatus(invite, this.#options.clock.nowMs());
    if (status === "expired") throw new GatewayError("conflict", "This invitation is too old. Ask for a new one.");
    if (status !== "open") throw new GatewayError("conflict", "This invitation was used already.");
  }

  async #noteJoined({ id, name, claimedUntilMs }: Invite, tokenId: string, keyId: string): Promise<void> {
    const { stores, clock, audit } = this.#options;
    const joined = { atMs: clock.nowMs(), text: consentText, tokenId, keyId, leftAtMs: null };
    const edit = (now: Invite) => {
      if (now.joined !== null || now.claimedUntilMs !== claimedUntilMs) {
        throw new GatewayError("conflict", "Joining took too long, and this invitation is somebody else's turn now.");
      }
      return { joined, claimedUntilMs: null };
    };
    await stores.invites
      .update(id, edit, () => audit(name, "seat.join", id, { name, token_id: tokenId, key_id: keyId }))
      .catch((error: unknown) => {
        throw isNotFound(error) ? takenBack() : error;
      });
  }

  /** Those of the two that are there. Never rejects. */
  async #remove(actor: Actor, keyId: string | null, tokenId: string | null): Promise<void> {
    const { tokens, keys, log } = this.#options;
    const attempt = (removal: Promise<void>): Promise<void> =>
      removal.catch((error: unknown) => {
        // An admin was faster.
        if (isNotFound(error)) return;
        log.error("a seat that nobody can leave could not be removed", { key_id: keyId, token_id: tokenId, error });
      });
    if (keyId !== null) await attempt(keys.remove(actor, keyId));
    if (tokenId !== null) await attempt(tokens.remove(actor, tokenId));
  }
}

/** Throws unless GitHub has accepted the token: a key is given for a seat that serves others, now or when it has rested. */
function assertServes({ state, facts }: TokenView): void {
  switch (state.status) {
    case "active":
    case "cooling":
    case "exhausted":
      return;
    case "auth_failed":
      throw new GatewayError("invalid_request", `GitHub refused the token: ${state.reason}`, { param: "token" });
    case "disabled":
      throw new GatewayError("conflict", "An administrator has switched this seat off. Ask them.");
    case "checking": {
      const reason = facts.problem ?? "it did not answer in time";
      const message = `GitHub has not confirmed the token yet (${reason}). Nothing was kept: try again in a minute.`;
      throw new GatewayError("unavailable", message);
    }
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof GatewayError && error.code === "not_found";
}

export function takenBack(): GatewayError {
  return new GatewayError("not_found", "This invitation does not exist, or was taken back.");
}
