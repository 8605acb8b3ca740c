import { timingSafeEqual } from "node:crypto";
import {
  type Clock,
  dayMs,
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
import { createDeviceToken, deviceOf } from "../passwords/device-token.js";
import type { PasswordHasher } from "../passwords/password-hasher.js";
import type { Audit } from "./audit.js";
import { ConsoleSessions, type OpenSession, type SignInOrigin } from "./console-sessions.js";
import { type ExternalIdentity, findOrCreateExternalUser } from "./external-sign-in.js";
import { LoginThrottle } from "./login-throttle.js";

const setupCodeCharacters = 24;
const setupCodeLifetimeMs = 7 * dayMs;

export interface SignInOptions {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly audit: Audit;
  readonly passwords: PasswordHasher;
  /** The `API_KEY` setting. */
  readonly legacyKey: Secret | null;
  readonly settings: () => Settings;
}

export interface SignedIn {
  readonly user: User;
  /** For the cookie, or as Bearer. */
  readonly token: Secret;
  readonly expiresAtMs: number;
  /** For a cookie that outlives the session: next time the device is known. */
  readonly deviceToken: Secret;
}

/** On what somebody signs in. */
export interface SignInDevice {
  readonly userAgent?: string | null;
  /** An earlier sign-in's. */
  readonly deviceToken?: Secret | null;
}

/** Who is asking: setup of the first admin, sign-in to the console, and whose a data request is. */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #throttle: LoginThrottle;
  /** Who is signed in. */
  readonly sessions: ConsoleSessions;
  readonly #legacyKeyHash: Buffer | null;
  #hasUsers = false;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#throttle = new LoginThrottle(options.clock);
    this.sessions = new ConsoleSessions({ ...options, users: options.stores.users });
    this.#legacyKeyHash = options.legacyKey === null ? null : Buffer.from(sha256Hex(options.legacyKey.reveal()));
  }

  async isSetupRequired(): Promise<boolean> {
    // The last admin cannot be removed: once there is a user, whoever asks need not cost the stores anything.
    this.#hasUsers ||= (await this.#options.stores.users.count()) > 0;
    return !this.#hasUsers;
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
  async setUp(username: string, password: Secret, setupCode: Secret, origin = unknownOrigin): Promise<SignedIn> {
    const { stores, clock, audit } = this.#options;
    const { users } = stores;
    if (!(await this.isSetupRequired())) throw alreadySetUp();
    if (!(await users.isSetupCodeValid(sha256Hex(setupCode.reveal()), clock.nowMs()))) {
      const message =
        "This setup code is wrong or too old. Use the link that the gateway printed at its start; a restart prints a new one.";
      throw new GatewayError("permission_denied", message, { param: "setup_code" });
    }
    const user = await this.#newAdmin(username, password);
    const { session, signedIn } = this.#newSession(user, origin);
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

  /** As `checkPassword`; then begins a session. */
  async signIn(
    username: string,
    password: Secret,
    clientIp: string | null,
    device: SignInDevice = {},
  ): Promise<SignedIn> {
    const user = await this.checkPassword(username, password, clientIp, device.deviceToken);
    return this.begin(user, { method: "password", clientIp, userAgent: device.userAgent ?? null });
  }

  /**
   * Whose the password is; begins no session and puts nothing on the trail. Throws `unauthenticated` for a wrong name or
   * password alike, `limit_exceeded` after too many tries or with too many at once, `unavailable` when too many others
   * sign in.
   */
  async checkPassword(
    username: string,
    password: Secret,
    clientIp: string | null,
    deviceToken: Secret | null = null,
  ): Promise<User> {
    const name = username.trim().toLowerCase();
    const { stores, passwords } = this.#options;
    const user = await stores.users.findByUsername(name);
    const deviceId = user === null || deviceToken === null ? null : deviceOf(deviceToken, user);
    const loginTry = this.#throttle.admit(name, { address: clientIp, deviceId });
    try {
      // An unknown name costs a hash too, so that the time taken does not tell which names exist.
      const lane = deviceId === null ? "stranger" : "known";
      const matches = await passwords.isMatch(password, user?.passwordHash ?? null, lane);
      if (user === null || !matches) throw new GatewayError("unauthenticated", "Wrong username or password.");
      loginTry.succeed();
      return user;
    } finally {
      loginTry.end();
    }
  }

  /**
   * Begins a session of a user whose identity was checked already. The user is to be as stored now: a device token is
   * worth nothing once the password has changed.
   */
  async begin(user: User, origin: SignInOrigin): Promise<SignedIn> {
    const { stores, audit } = this.#options;
    const { session, signedIn } = this.#newSession(user, origin);
    const { method, clientIp } = origin;
    const actor = { username: user.username, clientIp };
    await stores.users.createSession(session, () => audit(actor, "user.sign_in", user.id, { method }));
    return signedIn;
  }

  /** Signs in whom the identity provider vouches for; see `findOrCreateExternalUser`. */
  async signInExternally(identity: ExternalIdentity, origin: Omit<SignInOrigin, "method">): Promise<SignedIn> {
    const { stores, ...options } = this.#options;
    const user = await findOrCreateExternalUser({ ...options, users: stores.users }, identity);
    return this.begin(user, { ...origin, method: "oidc" });
  }

  signOut(token: Secret): Promise<void> {
    return this.sessions.end(token);
  }

  /** The session of a token, or null. */
  sessionOf(token: Secret): Promise<OpenSession | null> {
    return this.sessions.find(token);
  }

  /** The user of a session token, or null. */
  async userOf(token: Secret): Promise<User | null> {
    return (await this.sessionOf(token))?.user ?? null;
  }

  /**
   * Whose a data request is, by managed key, legacy key or session token. Throws `unauthenticated` for an unknown,
   * disabled or expired one.
   */
  async principalOf(credential: Secret): Promise<Principal> {
    const hash = sha256Hex(credential.reveal());
    const key = await this.#options.stores.keys.findByHash(hash);
    if (key !== null) {
      checkKey(key, hash, this.#options.clock.nowMs());
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
      passwordHash: await this.#options.passwords.hash(password),
      role: "admin",
      createdAtMs: this.#options.clock.nowMs(),
      lastSignInAtMs: null,
      externalId: null,
    };
  }

  /** What is to be stored of a sign-in, and what its user gets once it is. */
  #newSession(user: User, origin: SignInOrigin): { readonly session: LoginSession; readonly signedIn: SignedIn } {
    const { session, token, endsAtMs } = this.sessions.begin(user, origin);
    return {
      session,
      signedIn: {
        user: { ...user, lastSignInAtMs: session.createdAtMs },
        token,
        expiresAtMs: endsAtMs,
        deviceToken: createDeviceToken(user, this.#options.randomness),
      },
    };
  }
}

const unknownOrigin: SignInOrigin = { method: "password", clientIp: null, userAgent: null };

function alreadySetUp(): GatewayError {
  return new GatewayError("conflict", "The setup is finished already. Sign in instead.");
}
