import { Secret } from "@copilot-llm/model";
import type { NewUser } from "@copilot-llm/provider";
import { withoutUndefined } from "../route/without-undefined.js";
import type { CreateUserBody, UpdateUserBody } from "./schemas.js";

export function decodeNewUser({ username, role, password }: CreateUserBody): NewUser {
  return { username, role, password: new Secret(password) };
}

/** What is left out stays as it is. */
export function decodeUserChanges({ username, role, password }: UpdateUserBody): Partial<NewUser> {
  return withoutUndefined({ username, role, password: password === undefined ? undefined : new Secret(password) });
}
