import { GatewayError, Secret } from "@copilot-llm/model";
import type { Principal, Provider } from "@copilot-llm/provider";
import { idHeader } from "../http/id-header.js";
import type { RequestHead } from "../http/request-head.js";
import type { RequestLogEntry } from "../http/request-log-entry.js";
import { assertSameOrigin } from "./assert-same-origin.js";
import { sessionCookie } from "./read-session-cookie.js";

/** Which key an admin's session acts as. */
const actAsKeyHeader = "x-copilot-llm-key-id";

export type Authenticator = Pick<Provider, "signIn" | "actAsKey">;

/** `Authorization: Bearer`, else null. */
export function bearerOf(head: RequestHead): Secret | null {
  const match = /^Bearer\s+(\S+)\s*$/i.exec(head.header("authorization") ?? "");
  return match?.[1] === undefined ? null : new Secret(match[1]);
}

/**
 * Whose data request this is: `x-api-key`, `Authorization: Bearer`, or the console's session cookie. Clients may send
 * both headers with different values (Claude Code does); one that may ask is enough. Of sessions only an admin's may:
 * they have no limits. With `X-Copilot-Llm-Key-Id` it acts as that key, whose limits then hold.
 */
export async function authenticate(
  head: RequestHead,
  logEntry: RequestLogEntry,
  provider: Authenticator,
): Promise<Principal> {
  const principal = await principalOf(head, provider.signIn);
  const keyId = idHeader(head, actAsKeyHeader);
  return keyId === null ? principal : actAsKey(logEntry, provider, principal, keyId);
}

async function principalOf(head: RequestHead, signIn: Authenticator["signIn"]): Promise<Principal> {
  let refused: GatewayError | null = null;
  for (const find of [apiKeyHeader, bearerOf, sessionCookie]) {
    const credential = find(head);
    if (credential === null) continue;
    try {
      const principal = await signIn.principalOf(credential);
      assertMayAsk(principal);
      if (find === sessionCookie) assertSameOrigin(head);
      return principal;
    } catch (error) {
      const failure = GatewayError.from(error);
      if (failure.code !== "unauthenticated" && failure.code !== "permission_denied") throw failure;
      refused ??= failure;
    }
  }
  throw (
    refused ??
    new GatewayError(
      "unauthenticated",
      "No API key was given. Send it as `Authorization: Bearer KEY` or `x-api-key: KEY`.",
    )
  );
}

/** `x-api-key`, else null. */
export function apiKeyHeader(head: RequestHead): Secret | null {
  const value = head.header("x-api-key");
  return value === undefined ? null : new Secret(value);
}

async function actAsKey(
  logEntry: RequestLogEntry,
  provider: Authenticator,
  principal: Principal,
  keyId: string,
): Promise<Principal> {
  if (principal.kind !== "session") {
    throw new GatewayError("permission_denied", "Only an admin's console session may act as an API key.");
  }
  logEntry.add({ user: principal.user.username });
  return provider.actAsKey(keyId);
}

function assertMayAsk(principal: Principal): void {
  if (principal.kind !== "session" || principal.user.role === "admin") return;
  throw new GatewayError(
    "permission_denied",
    "A viewer's console session cannot be used for model requests. Use an API key, or sign in as an admin.",
  );
}
