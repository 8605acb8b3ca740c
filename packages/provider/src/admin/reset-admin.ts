import type { Clock, Randomness, Secret, User } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import { createIds } from "../identity/ids.js";
import { hashPassword } from "../passwords/passwords.js";
import { createAudit } from "./audit.js";

export interface ResetAdminInput {
  readonly stores: Pick<Stores, "users">;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly username: string;
  readonly password: Secret;
}

/**
 * For whoever has the machine but no password: the user of that name gets this password and the role of an admin, and is signed out
 * everywhere; where there is none, one is made, which also voids the setup codes. Audited as done by `system`.
 */
export async function resetAdmin(input: ResetAdminInput): Promise<{ readonly user: User; readonly created: boolean }> {
  const { stores, clock, randomness } = input;
  const { users } = stores;
  const ids = createIds(clock, randomness);
  const audit = createAudit(clock, ids);
  const username = input.username.trim();
  const passwordHash = await hashPassword(input.password.reveal(), randomness);
  const known = await users.findByUsername(username);
  if (known === null) {
    const createdAtMs = clock.nowMs();
    const unseen = { lastSignInAtMs: null, externalId: null };
    const user: User = { id: ids("usr"), username, passwordHash, role: "admin", createdAtMs, ...unseen };
    const event = () => audit("system", "user.reset", user.id, { username, created: true });
    if (!(await users.createFirst(user, null, event))) await users.create(user, event);
    return { user, created: true };
  }
  const user = await users.update(
    known.id,
    () => ({ passwordHash, role: "admin" }),
    (changed) => audit("system", "user.reset", changed.id, { username: changed.username, created: false }),
  );
  return { user, created: false };
}
