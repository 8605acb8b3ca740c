import { timingSafeEqual } from "node:crypto";
import {
  type Clock,
  GatewayError,
  type LoginSession,
  type Randomness,
  Secret,
  type Settings,
  type User,
} from "@copilot-llm/model";
import { checkKey } from "@copilot-llm/quota";
import type { Stores } from "@copilot-llm/stores";
import { sha256Hex } from "../identity/hash.js";
import type { Ids } from "../identity/ids.js";
import type { Principal } from "../identity/principal.js";
import { randomBase62 } from "../identity/random-text.js";
import { hashPassword, isPassword } from "../passwords/passwords.js";
import type { Audit } from "./audit.js";
import { LoginThrottle } from "./login-throttle.js";

const sessionLifetimeMs = 7 * 24 * 60 * 60_000;
const sessionPrefix = "cls_";
const sessionCharacters = 40;
const setupCodeCharacters = 24;
const setupCodeLifetimeMs = 7 * 24 * 60 * 60_000;

export interface SignInOptions {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly audit: Audit;
  /** The `API_KEY` setting. */
  readonly legacyKey: Secret | null;
  readonly settings: () => Settings;
}

export interface SignedIn {
  readonly user: User;
  /** For the cookie, or as Bearer. */
  readonly token: Secret;
  readonly expiresAtMs: number;
}

/** Who is asking: setup of the first admin, sign-in to the console, and whose a data request is. */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #throttle: LoginThrottle;
  readonly #legacyKeyHash: Buffer | null;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#throttle = new LoginThrottle(options.clock);
    this.#legacyKeyHash = options.legacyKey === null ? null : Buffer.from(sha256Hex(options.legacyKey.reveal()));
  }

  async isSetupRequired(): Promise<boolean> {
    return (await this.#options.stores.users.count()) === 0;
  }

  /** One more setup code, valid for a week, while there is no user, else null. Each gateway that starts issues its own. */
  async issueSetupCode(): Promise<Secret | null> {
    const { stores, clock, randomness } = this.#options;
    const code = randomBase62(randomness, setupCodeCharacters);
    const expiresAtMs = clock.nowMs() + setupCodeLifetimeMs;
    return (await stores.users.issueSetupCode(sha256Hex(code), expiresAtMs)) ? new Secret(code) : null;
  }

  /**
   * Makes the first admin. Throws `conflict` once there is a user, `permission_denied` for a wrong code. Codes are too
   * long to be guessed, and a wrong one costs us nothing: there is no limit that could lock the right one out.
   */
  async setUp(username: string, password: Secret, setupCode: Secret): Promise<SignedIn> {
    const { stores, clock, audit } = this.#options;
    const { users } = stores;
    if (!(await this.isSetupRequired())) throw alreadySetUp();
    if (!(await users.isSetupCodeValid(sha256Hex(setupCode.reveal()), clock.nowMs()))) {
      const message =
        "This setup code is wrong or too old. Use the link that the gateway printed at its start; a restart prints a new one.";
      throw new GatewayError("permission_denied", message, { param: "setup_code" });
    }
    const user = await this.#newAdmin(username, password);
    const { session, signedIn } = this.#newSession(user);
    const isCreated = await users.createFirst(user, session, () => audit(user.username, "user.setup", user.id));
    if (!isCreated) throw alreadySetUp();
    return signedIn;
  }

  /** Makes the first admin from the start-up settings; does nothing once there is a user. */
  async ensureFirstAdmin(username: string, password: Secret): Promise<void> {
    if (!(await this.isSetupRequired())) return;
    const { stores, audit } = this.#options;
    const user = await this.#newAdmin(username, password);
    await stores.users.createFirst(user, null, () => audit("system", "user.setup", user.id));
  }

  /** Throws `unauthenticated` for a wrong name or password alike, `limit_exceeded` after too many tries. */
  async signIn(username: string, password: Secret, clientAddress: string | null): Promise<SignedIn> {
    const name = username.trim().toLowerCase();
    this.#throttle.admit(name, clientAddress);
    const user = await this.#options.stores.users.findByUsername(name);
    // An unknown name costs a hash too, so that the time taken does not tell which names exist.
    const matches = await (user === null
      ? hashPassword(password.reveal(), this.#options.randomness).then(() => false)
      : isPassword(password.reveal(), user.passwordHash));
    if (user === null || !matches) throw new GatewayError("unauthenticated", "Wrong username or password.");
    this.#throttle.forgive(name, clientAddress);
    const { stores, audit } = this.#options;
    const { session, signedIn } = this.#newSession(user);
    await stores.users.createSession(session, () => audit(user.username, "user.sign_in", user.id));
    return signedIn;
  }

  async signOut(token: Secret): Promise<void> {
    await this.#options.stores.users.removeSession(sha256Hex(token.reveal()));
  }

  /** The user of a session token, or null. */
  async userOf(token: Secret): Promise<User | null> {
    if (!token.reveal().startsWith(sessionPrefix)) return null;
    const { users } = this.#options.stores;
    const session = await users.findSession(sha256Hex(token.reveal()), this.#options.clock.nowMs());
    return session === null ? null : users.find(session.userId);
  }

  /**
   * Whose a data request is, by managed key, legacy key or session token. Throws `unauthenticated` for an unknown,
   * disabled or expired one.
   */
  async principalOf(credential: Secret): Promise<Principal> {
    const hash = sha256Hex(credential.reveal());
    const key = await this.#options.stores.keys.findByHash(hash);
    if (key !== null) {
      checkKey(key, this.#options.clock.nowMs());
      return { kind: "api_key", key };
    }
    if (this.#isLegacyKey(hash)) return { kind: "legacy_key" };
    const user = await this.userOf(credential);
    if (user !== null) return { kind: "session", user };
    throw new GatewayError("unauthenticated", "This API key is not known here.");
  }

  #isLegacyKey(hash: string): boolean {
    if (this.#legacyKeyHash === null || !timingSafeEqual(this.#legacyKeyHash, Buffer.from(hash))) return false;
    if (this.#options.settings().legacyKeyEnabled) return true;
    throw new GatewayError("unauthenticated", "The gateway's single API key is switched off. Use a key of your own.");
  }

  async #newAdmin(username: string, password: Secret): Promise<User> {
    return {
      id: this.#options.ids("usr"),
      username: username.trim(),
      passwordHash: await hashPassword(password.reveal(), this.#options.randomness),
      role: "admin",
      createdAtMs: this.#options.clock.nowMs(),
    };
  }

  /** What is to be stored of a sign-in, and what its user gets once it is. */
  #newSession(user: User): { readonly session: LoginSession; readonly signedIn: SignedIn } {
    const token = sessionPrefix + randomBase62(this.#options.randomness, sessionCharacters);
    const createdAtMs = this.#options.clock.nowMs();
    const expiresAtMs = createdAtMs + sessionLifetimeMs;
    return {
      session: { tokenHash: sha256Hex(token), userId: user.id, createdAtMs, expiresAtMs },
      signedIn: { user, token: new Secret(token), expiresAtMs },
    };
  }
}

function alreadySetUp(): GatewayError {
  return new GatewayError("conflict", "The setup is finished already. Sign in instead.");
}
