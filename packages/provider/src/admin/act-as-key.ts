import { type Clock, GatewayError } from "@copilot-llm/model";
import { checkKey } from "@copilot-llm/quota";
import type { KeyStore } from "@copilot-llm/stores";
import type { Principal } from "../identity/principal.js";

/**
 * The key as the one who makes a request, for an admin who tries it: its limits, models and tokens hold. Throws
 * `invalid_request` when there is none, `permission_denied` for one that is disabled or expired: not
 * `unauthenticated`, since the admin is signed in.
 */
export async function actAsKey(keys: Pick<KeyStore, "find">, id: string, clock: Clock): Promise<Principal> {
  const key = await keys.find(id);
  if (key === null) throw new GatewayError("invalid_request", "There is no API key with this id.");
  try {
    checkKey(key, key.keyHash, clock.nowMs());
  } catch (error) {
    throw new GatewayError("permission_denied", GatewayError.from(error).message, { cause: error });
  }
  return { kind: "api_key", key };
}
