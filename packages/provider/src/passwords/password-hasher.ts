import { GatewayError, type Randomness, type Secret } from "@copilot-llm/model";
import type { DeriveKey } from "./derive-key.js";
import { hashPassword, isPassword } from "./passwords.js";

/** Who waits for a hash: anyone at the door, or somebody who has shown who they are. */
export type HashLane = "stranger" | "known";

/** At some 60 ms each: nobody waits longer than two seconds, whoever else is at the door. */
const maxWaiting: Readonly<Record<HashLane, number>> = { stranger: 32, known: 32 };
const retryAfterMs = 2_000;

export interface PasswordHasherOptions {
  readonly randomness: Randomness;
  readonly derive: DeriveKey;
}

/**
 * Hashes passwords one at a time, so that guesses cannot take the machine from those who work on it. Those who are
 * known go first. Each lane holds so many; more are refused as `unavailable`.
 */
export class PasswordHasher {
  readonly #options: PasswordHasherOptions;
  readonly #lanes: Readonly<Record<HashLane, (() => void)[]>> = { known: [], stranger: [] };
  /** Of no password: what an unknown name is compared with. */
  readonly #noHash: Promise<string>;
  #isBusy = false;

  constructor(options: PasswordHasherOptions) {
    this.#options = options;
    this.#noHash = hashPassword("", options.randomness, async ({ length }) => options.randomness.bytes(length));
  }

  /** For a password that is to be set, by somebody who may. */
  hash(password: Secret): Promise<string> {
    const { randomness, derive } = this.#options;
    return this.#inTurn("known", () => hashPassword(password.reveal(), randomness, derive));
  }

  /** Whether the password has this hash. Null, where there is no such user, takes as long and is false. */
  async isMatch(password: Secret, passwordHash: string | null, lane: HashLane): Promise<boolean> {
    const compared = passwordHash ?? (await this.#noHash);
    const matches = await this.#inTurn(lane, () => isPassword(password.reveal(), compared, this.#options.derive));
    return matches && passwordHash !== null;
  }

  async #inTurn<Result>(lane: HashLane, work: () => Promise<Result>): Promise<Result> {
    await this.#turn(lane);
    try {
      return await work();
    } finally {
      const next = this.#lanes.known.shift() ?? this.#lanes.stranger.shift();
      if (next === undefined) this.#isBusy = false;
      else next();
    }
  }

  #turn(lane: HashLane): Promise<void> | void {
    if (!this.#isBusy) {
      this.#isBusy = true;
      return;
    }
    const waiting = this.#lanes[lane];
    if (waiting.length >= maxWaiting[lane]) {
      throw new GatewayError("unavailable", "Too many people sign in at this moment. Try again.", { retryAfterMs });
    }
    return new Promise((resolve) => waiting.push(resolve));
  }
}
