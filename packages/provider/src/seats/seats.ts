import { type ApiKey, type Clock, GatewayError, type Invite, LatestMap, type Secret } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import type { Audit } from "../admin/audit.js";
import type { DeviceSignIn, DeviceSignIns } from "../admin/device-sign-ins.js";
import type { IssuedKey, KeyAdmin } from "../admin/key-admin.js";
import type { TokenAdmin } from "../admin/token-admin.js";
import { sha256Hex } from "../identity/hash.js";
import { consentText } from "./consent-text.js";
import { inviteStatus } from "./invite-admin.js";

/** While one person joins nobody else may with the same link: as long as a device flow lasts. */
const claimMs = 15 * 60_000;
/** As many as device flows are kept. */
const maxFlows = 50;

export interface SeatsOptions {
  readonly stores: Pick<Stores, "invites" | "keys">;
  readonly tokens: TokenAdmin;
  readonly keys: KeyAdmin;
  readonly deviceSignIns: DeviceSignIns;
  readonly clock: Clock;
  readonly audit: Audit;
}

/** What an invited person is shown before they decide. */
export interface Invitation {
  readonly invite: Invite;
  /** What they would agree to. */
  readonly consentText: string;
}

/** How a sign-in by device flow stands; with the key once, when it is complete. */
export interface JoiningByDevice {
  readonly signIn: DeviceSignIn;
  readonly key: IssuedKey | null;
}

/** Seats that their owners bring and take away themselves: no admin acts, and none sees a token. */
export class Seats {
  readonly #options: SeatsOptions;
  /** Which invitation a device flow is for. */
  readonly #flows = new LatestMap<string, string>(maxFlows);

  constructor(options: SeatsOptions) {
    this.#options = options;
  }

  /** Throws `not_found` for a code that opens nothing, `conflict` for one that was used or is too old. */
  async invitation(code: Secret): Promise<Invitation> {
    return { invite: await this.#open(code), consentText };
  }

  /**
   * Takes the person's own token into the pool, once GitHub has accepted it, and gives them their key. A token that
   * GitHub refuses is not kept, and the link can be used again.
   */
  async join(code: Secret, agreedTo: string, token: Secret): Promise<IssuedKey> {
    const { tokens } = this.#options;
    const invite = await this.#claim(await this.#open(code), agreedTo);
    try {
      const credential = { kind: "user", token } as const;
      const added = await tokens.create(invite.name, { alias: invite.name, enabled: true, credential });
      const { state } = added;
      if (state.status === "auth_failed") {
        await tokens.remove(invite.name, added.token.id);
        throw new GatewayError("invalid_request", `GitHub refused the token: ${state.reason}`, { param: "token" });
      }
      return await this.#conclude(invite, added.token.id);
    } catch (error) {
      await this.#giveUp(invite);
      throw error;
    }
  }

  /** The same by GitHub's device flow: whoever joins types a code at GitHub. */
  async joinByDevice(code: Secret, agreedTo: string): Promise<DeviceSignIn> {
    const { deviceSignIns } = this.#options;
    const invite = await this.#claim(await this.#open(code), agreedTo);
    try {
      const signIn = await deviceSignIns.start(invite.name, invite.name);
      this.#flows.set(signIn.id, invite.id);
      return signIn;
    } catch (error) {
      await this.#giveUp(invite);
      throw error;
    }
  }

  /** Throws `not_found` for a flow that is not of this invitation. */
  async deviceFlow(code: Secret, flowId: string): Promise<JoiningByDevice> {
    const invite = await this.#options.stores.invites.findByHash(sha256Hex(code.reveal()));
    if (invite === null || this.#flows.get(flowId) !== invite.id) throw noFlow();
    const signIn = this.#options.deviceSignIns.find(flowId);
    if (signIn.state.status === "pending") return { signIn, key: null };
    // Ends here, so that one caller concludes it.
    this.#flows.delete(flowId);
    if (signIn.state.status !== "complete") {
      await this.#giveUp(invite);
      return { signIn, key: null };
    }
    try {
      return { signIn, key: await this.#conclude(invite, signIn.state.tokenId) };
    } catch (error) {
      await this.#giveUp(invite);
      throw error;
    }
  }

  /** Erases the seat's token at once and ends the key; requests under way on it finish. Throws `not_found` without a seat. */
  async leave(key: ApiKey): Promise<void> {
    const { stores, tokens, clock, audit } = this.#options;
    const { seat } = key;
    if (seat === null) {
      throw new GatewayError("not_found", "This API key came with no seat. An administrator can remove it.");
    }
    await tokens.remove(key.alias, seat.tokenId).catch((error: unknown) => {
      // An admin, or an earlier try, was faster.
      if (!(error instanceof GatewayError) || error.code !== "not_found") throw error;
    });
    const invite = (await stores.invites.list()).find(({ joined }) => joined?.keyId === key.id);
    if (invite !== undefined) {
      await stores.invites.update(
        invite.id,
        ({ joined }) => ({ joined: joined === null ? null : { ...joined, leftAtMs: clock.nowMs() } }),
        null,
      );
    }
    await stores.keys.update(
      key.id,
      () => ({ enabled: false, seat: null, replaced: null }),
      ({ alias }) => audit(alias, "seat.leave", key.id, { alias, token_id: seat.tokenId }),
    );
  }

  async #open(code: Secret): Promise<Invite> {
    const invite = await this.#options.stores.invites.findByHash(sha256Hex(code.reveal()));
    if (invite === null) throw new GatewayError("not_found", "This invitation does not exist, or was taken back.");
    this.#assertOpen(invite);
    return invite;
  }

  #assertOpen(invite: Invite): void {
    const status = inviteStatus(invite, this.#options.clock.nowMs());
    if (status === "expired") throw new GatewayError("conflict", "This invitation is too old. Ask for a new one.");
    if (status !== "open") throw new GatewayError("conflict", "This invitation was used already.");
  }

  /** One person at a time; what they agreed to goes on the trail with it. */
  #claim({ id }: Invite, agreedTo: string): Promise<Invite> {
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

  async #giveUp({ id }: Invite): Promise<void> {
    await this.#options.stores.invites.update(id, () => ({ claimedUntilMs: null }), null).catch(() => {});
  }

  async #conclude({ id, name, key, servesOwnerFirst }: Invite, tokenId: string): Promise<IssuedKey> {
    const { stores, tokens, keys, clock, audit } = this.#options;
    const seat = { tokenId, servesFirst: servesOwnerFirst };
    const issued = await keys.createForSeat(name, { ...key, alias: name }, seat).catch(async (error: unknown) => {
      // Without a key its owner could not take it away again.
      await tokens.remove(name, tokenId);
      throw error;
    });
    const atMs = clock.nowMs();
    const joined = { atMs, text: consentText, tokenId, keyId: issued.key.id, leftAtMs: null };
    await stores.invites.update(
      id,
      () => ({ joined, claimedUntilMs: null }),
      () => audit(name, "seat.join", id, { name, token_id: tokenId, key_id: issued.key.id }),
    );
    return issued;
  }
}

function noFlow(): GatewayError {
  return new GatewayError("not_found", "There is no such device sign-in any more. Start anew.");
}
