import { type Clock, GatewayError, type Randomness, Secret, type User, type UserRole } from "@copilot-llm/model";
import type { UserStore } from "@copilot-llm/stores";
import type { Ids } from "../identity/ids.js";
import { randomBase62 } from "../identity/random-text.js";
import type { PasswordHasher } from "../passwords/password-hasher.js";
import type { Audit } from "./audit.js";

/** Whom the company's identity provider vouches for. */
export interface ExternalIdentity {
  /** The provider and its name for the person: never given to another one. */
  readonly externalId: string;
  /** What the person is called there; may change. */
  readonly username: string;
  readonly role: UserRole;
}

export interface ExternalSignInOptions {
  readonly users: UserStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly randomness: Randomness;
  readonly passwords: PasswordHasher;
  readonly audit: Audit;
}

/** Longer than any guess, and told to nobody: such a user has no password of their own. */
const unknownPasswordCharacters = 48;

/**
 * The user of an identity, with the role that it has now; made at the first sign-in. Never one who was made here with
 * the same name: then it throws `conflict`, as it does for the last admin's role.
 */
export async function findOrCreateExternalUser(
  { users, clock, ids, randomness, passwords, audit }: ExternalSignInOptions,
  { externalId, username, role }: ExternalIdentity,
): Promise<User> {
  const known = (await users.list()).find((user) => user.externalId === externalId);
  if (known !== undefined) {
    if (known.role === role) return known;
    return users.update(
      known.id,
      () => ({ role }),
      (user) => audit("system", "user.update", user.id, { username: user.username, role, by: "oidc" }),
    );
  }
  if ((await users.findByUsername(username)) !== null) {
    const message = `There is a user "${username}" already who signs in by password. An admin must rename or remove that one first.`;
    throw new GatewayError("conflict", message);
  }
  const user: User = {
    id: ids("usr"),
    username,
    passwordHash: await passwords.hash(new Secret(randomBase62(randomness, unknownPasswordCharacters))),
    role,
    createdAtMs: clock.nowMs(),
    lastSignInAtMs: null,
    externalId,
  };
  const event = () => audit("system", "user.create", user.id, { username, role, by: "oidc" });
  // The first user voids the setup codes.
  const isFirst = role === "admin" && (await users.createFirst(user, null, event));
  if (!isFirst) await users.create(user, event);
  return user;
}
