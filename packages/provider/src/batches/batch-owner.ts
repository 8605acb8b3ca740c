import { type Batch, GatewayError } from "@copilot-llm/model";
import type { KeyStore, UserStore } from "@copilot-llm/stores";
import { keyOf, type Principal, principalId, principalName } from "../identity/principal.js";

/** Whose a batch is, as it is kept with it. */
export type BatchOwner = Pick<Batch, "ownerId" | "keyId" | "ownerName">;

export function ownerOf(principal: Principal): BatchOwner {
  return {
    ownerId: principalId(principal),
    keyId: keyOf(principal)?.id ?? null,
    ownerName: principalName(principal),
  };
}

export interface OwnerSources {
  readonly actAsKey: (keyId: string) => Promise<Principal>;
  readonly keys: Pick<KeyStore, "find">;
  readonly users: Pick<UserStore, "find">;
  /** Whether the gateway's single key opens anything now. */
  readonly isLegacyKeyOpen: () => boolean;
}

const legacyKey: Principal = { kind: "legacy_key" };

/**
 * In whose name an item of the batch runs, as they stand now. Throws `unauthenticated` when whoever made the batch could
 * not make a request any more: a key that is gone, disabled or expired.
 */
export async function principalOf({ ownerId, keyId }: BatchOwner, sources: OwnerSources): Promise<Principal> {
  if (keyId !== null) {
    try {
      return await sources.actAsKey(keyId);
    } catch (error) {
      const { code, message } = GatewayError.from(error);
      if (code === "invalid_request") throw gone("The API key that this batch was made with is gone.");
      throw code === "permission_denied" ? gone(message) : error;
    }
  }
  if (ownerId === principalId(legacyKey)) {
    if (sources.isLegacyKeyOpen()) return legacyKey;
    throw gone("The gateway's single API key, with which this batch was made, is switched off.");
  }
  const user = await sources.users.find(ownerId);
  if (user?.role === "admin") return { kind: "session", user };
  throw gone("The admin who made this batch is none any more.");
}

function gone(message: string): GatewayError {
  return new GatewayError("unauthenticated", message);
}
