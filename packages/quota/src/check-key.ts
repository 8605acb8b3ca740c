import { type ApiKey, GatewayError } from "@copilot-llm/model";

/**
 * Throws `unauthenticated` for a key that is disabled or whose time is over (`expiresAtMs <= nowMs`), and for the value
 * that it had before, once that is over. `keyHash` is of the value that was shown.
 */
export function checkKey(key: ApiKey, keyHash: string, nowMs: number): void {
  if (!key.enabled) throw new GatewayError("unauthenticated", "This API key is disabled.");
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) {
    throw new GatewayError("unauthenticated", `This API key expired at ${new Date(key.expiresAtMs).toISOString()}.`);
  }
  const { replaced } = key;
  if (keyHash === key.keyHash || replaced === null || replaced.keyHash !== keyHash || nowMs < replaced.untilMs) return;
  const until = new Date(replaced.untilMs).toISOString();
  throw new GatewayError("unauthenticated", `This API key was replaced, and its earlier value worked until ${until}.`);
}
