import type { User } from "@copilot-llm/model";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { UserView } from "./schemas.js";

export function encodeUser(user: User): UserView {
  const { id, username, role, createdAtMs, lastSignInAtMs, externalId } = user;
  return {
    id,
    username,
    role,
    created_at: encodeTime(createdAtMs),
    last_sign_in_at: encodeNullableTime(lastSignInAtMs),
    sign_in_method: externalId === null ? "password" : "oidc",
  };
}
