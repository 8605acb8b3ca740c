import { type Clock, GatewayError, type Secret, type User, type UserRole } from "@copilot-llm/model";
import type { UserStore } from "@copilot-llm/stores";
import type { Ids } from "../identity/ids.js";
import type { PasswordHasher } from "../passwords/password-hasher.js";
import type { Actor, Audit } from "./audit.js";
import { changedFields } from "./changed-fields.js";

export interface UserAdminOptions {
  readonly users: UserStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly passwords: PasswordHasher;
  readonly audit: Audit;
}

export interface NewUser {
  readonly username: string;
  readonly password: Secret;
  readonly role: UserRole;
}

/** The admin's verbs for the console's users. The stores see to it that an admin remains. */
export class UserAdmin {
  readonly #options: UserAdminOptions;

  constructor(options: UserAdminOptions) {
    this.#options = options;
  }

  list(): Promise<readonly User[]> {
    return this.#options.users.list();
  }

  /** Throws `conflict` when the name is taken. */
  async create(actor: Actor, { username, password, role }: NewUser): Promise<User> {
    const { users, clock, ids, passwords, audit } = this.#options;
    const passwordHash = await passwords.hash(password);
    const user: User = {
      id: ids("usr"),
      username,
      passwordHash,
      role,
      createdAtMs: clock.nowMs(),
      lastSignInAtMs: null,
      externalId: null,
    };
    await users.create(user, () => audit(actor, "user.create", user.id, { username, role }));
    return user;
  }

  /** A new password ends all of the user's sign-ins. Throws `not_found`, or `conflict` for the last admin's role. */
  async update(actor: Actor, id: string, { password, ...rest }: Partial<NewUser>): Promise<User> {
    const { users, passwords, audit } = this.#options;
    const passwordHash = password === undefined ? null : await passwords.hash(password);
    let before = {};
    return users.update(
      id,
      ({ username, role }) => {
        before = { username, role };
        return passwordHash === null ? rest : { ...rest, passwordHash };
      },
      ({ username, role }) => {
        const fields = changedFields(before, { username, role });
        return audit(actor, "user.update", id, { username, role, password_changed: passwordHash !== null, ...fields });
      },
    );
  }

  /** Ends the user's sign-ins too. Throws `not_found`, or `conflict` for the last admin. */
  async remove(actor: Actor, id: string): Promise<void> {
    const { users, audit } = this.#options;
    const isRemoved = await users.remove(id, ({ username }) => audit(actor, "user.delete", id, { username }));
    if (!isRemoved) throw new GatewayError("not_found", "There is no such user.");
  }
}
