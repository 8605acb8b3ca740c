import {
  type ApiKey,
  type Cancel,
  type Clock,
  GatewayError,
  type Invite,
  LatestMap,
  type Log,
  type Secret,
} from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import type { Audit } from "../admin/audit.js";
import type { DeviceSignIn, DeviceSignIns, DeviceTokenTaker } from "../admin/device-sign-ins.js";
import type { IssuedKey, KeyAdmin } from "../admin/key-admin.js";
import type { TokenAdmin } from "../admin/token-admin.js";
import { sha256Hex } from "../identity/hash.js";
import { consentText } from "./consent-text.js";
import { isNotFound, type Seat, SeatAdmission, takenBack } from "./seat-admission.js";

/** The page that waits for a key asks every few seconds; a laptop may sleep while a phone types the code. */
const keyWaitsMs = 15 * 60_000;
/** As many as device flows are kept. */
const maxJoinings = 50;

export interface SeatsOptions {
  readonly stores: Pick<Stores, "invites" | "keys">;
  readonly tokens: TokenAdmin;
  readonly keys: KeyAdmin;
  readonly deviceSignIns: DeviceSignIns;
  readonly clock: Clock;
  readonly log: Log;
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

/** One person's joining by device flow. */
interface Joining {
  /** As claimed. */
  readonly invite: Invite;
  /** Made, and not fetched yet. */
  waiting: (Seat & { readonly cancelTakeBack: Cancel }) | null;
  /** Nothing is left to be given up or taken back. */
  isOver: boolean;
  isForgotten: boolean;
  /** Resolves when the link can be used again after a sign-in that failed. */
  givenUp: Promise<void>;
}

/** Seats that their owners bring and take away themselves: no admin acts, and none sees a token. */
export class Seats {
  readonly #options: SeatsOptions;
  readonly #admission: SeatAdmission;
  /** By the id of the device flow. */
  readonly #joinings = new LatestMap<string, Joining>(maxJoinings);
  /** What goes on though nobody waits for it. */
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: SeatsOptions) {
    this.#options = options;
    this.#admission = new SeatAdmission(options);
  }

  /** Throws `not_found` for a code that opens nothing, `conflict` for one that was used or is too old. */
  async invitation(code: Secret): Promise<Invitation> {
    return { invite: await this.#admission.open(code), consentText };
  }

  /**
   * Takes the person's own token into the pool, once GitHub has accepted it, and gives them their key. Otherwise it throws
   * as `SeatAdmission` does, nothing is kept, and the link can be used again.
   */
  async join(code: Secret, agreedTo: string, token: Secret): Promise<IssuedKey> {
    const invite = await this.#claim(code, agreedTo);
    return (await this.#admission.admit(invite, token)).issued;
  }

  /**
   * The same by GitHub's device flow: whoever joins types a code at GitHub. The key is made as soon as the token has been
   * accepted, whoever asks, and waits here for `deviceFlow`; one that nobody fetches is taken back with its token.
   */
  async joinByDevice(code: Secret, agreedTo: string): Promise<DeviceSignIn> {
    const invite = await this.#claim(code, agreedTo);
    const joining: Joining = { invite, waiting: null, isOver: false, isForgotten: false, givenUp: Promise.resolve() };
    try {
      const signIn = await this.#options.deviceSignIns.start(invite.name, invite.name, this.#takerFor(joining));
      this.#joinings.set(signIn.id, joining);
      return signIn;
    } catch (error) {
      await this.#admission.giveUp(invite);
      throw error;
    }
  }

  /** Throws `not_found` for a flow that is not of this invitation, and once its key was fetched or taken back. */
  async deviceFlow(code: Secret, flowId: string): Promise<JoiningByDevice> {
    const joining = this.#joinings.get(flowId);
    if (joining === undefined || joining.invite.codeHash !== sha256Hex(code.reveal())) throw noFlow();
    const signIn = this.#options.deviceSignIns.find(flowId);
    if (signIn.state.status === "complete") return { signIn, key: this.#fetchKey(flowId, joining) };
    if (signIn.state.status !== "pending") await joining.givenUp;
    return { signIn, key: null };
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
      if (!isNotFound(error)) throw error;
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

  /** Resolves once what the end of the device sign-ins has brought about is stored: it is to be called after that. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #claim(code: Secret, agreedTo: string): Promise<Invite> {
    return this.#admission.claim(await this.#admission.open(code), agreedTo);
  }

  #takerFor(joining: Joining): DeviceTokenTaker {
    const { invite } = joining;
    return {
      accept: (token) => this.#follow(this.#acceptFor(joining, token)),
      onFailed: () => {
        joining.isOver = true;
        joining.givenUp = this.#follow(this.#admission.giveUp(invite));
      },
      onForgotten: () => {
        joining.isForgotten = true;
        if (joining.waiting !== null) void this.#follow(this.#takeBack(joining));
        // Where the token is just being accepted, that fails for it.
        else if (!joining.isOver) void this.#follow(this.#admission.giveUp(invite));
      },
    };
  }

  async #acceptFor(joining: Joining, token: Secret): Promise<string> {
    const { invite } = joining;
    const { stores, clock } = this.#options;
    // It may have been deleted while its person was at GitHub: then the token need not come into the pool at all.
    if ((await stores.invites.findByHash(invite.codeHash)) === null) throw takenBack();
    const seat = await this.#admission.admit(invite, token);
    const cancelTakeBack = clock.schedule(keyWaitsMs, () => void this.#follow(this.#takeBack(joining)));
    joining.waiting = { ...seat, cancelTakeBack };
    if (joining.isForgotten) {
      await this.#takeBack(joining);
      throw noFlow();
    }
    return seat.tokenId;
  }

  /** To one caller. */
  #fetchKey(flowId: string, joining: Joining): IssuedKey {
    const { waiting } = joining;
    if (waiting === null) throw noFlow();
    waiting.cancelTakeBack();
    joining.waiting = null;
    joining.isOver = true;
    this.#joinings.delete(flowId);
    return waiting.issued;
  }

  async #takeBack(joining: Joining): Promise<void> {
    const { waiting, invite } = joining;
    if (waiting === null) return;
    waiting.cancelTakeBack();
    joining.waiting = null;
    joining.isOver = true;
    await this.#admission.takeBack(invite, waiting);
  }

  #follow<Value>(work: Promise<Value>): Promise<Value> {
    const followed = work.then(
      () => {},
      () => {},
    );
    this.#underWay.add(followed);
    void followed.then(() => this.#underWay.delete(followed));
    return work;
  }
}

function noFlow(): GatewayError {
  return new GatewayError("not_found", "There is no such device sign-in any more. Start anew.");
}
