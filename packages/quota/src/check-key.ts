import { type ApiKey, GatewayError } from "@copilot-llm/model";

/** Throws `unauthenticated` for a key that is disabled or whose time is over (`expiresAtMs <= nowMs`). */
export function checkKey(key: ApiKey, nowMs: number): void {
  if (!key.enabled) throw new GatewayError("unauthenticated", "This API key is disabled.");
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) {
    throw new GatewayError("unauthenticated", `This API key expired at ${new Date(key.expiresAtMs).toISOString()}.`);
  }
}
