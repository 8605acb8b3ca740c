import { GatewayError, Secret } from "@copilot-llm/model";
import type { Principal, SignIn } from "@copilot-llm/provider";
import type { GatewayContext } from "../http/request-context.js";
import { sessionCookie } from "./session-cookie.js";

/** `Authorization: Bearer`, else null. */
export function bearerOf(context: GatewayContext): Secret | null {
  const match = /^Bearer\s+(\S+)\s*$/i.exec(context.req.header("authorization") ?? "");
  return match?.[1] === undefined ? null : new Secret(match[1]);
}

/**
 * Whose data request this is: `x-api-key`, `Authorization: Bearer`, or the console's session cookie. Clients may send
 * both headers with different values (Claude Code does); one that is known is enough.
 */
export async function authenticate(context: GatewayContext, signIn: SignIn): Promise<Principal> {
  const apiKey = context.req.header("x-api-key");
  const offered = [apiKey === undefined ? null : new Secret(apiKey), bearerOf(context), sessionCookie(context)];
  let refused: GatewayError | null = null;
  for (const credential of offered) {
    if (credential === null) continue;
    try {
      return await signIn.principalOf(credential);
    } catch (error) {
      const told = GatewayError.from(error);
      if (told.code !== "unauthenticated" && told.code !== "permission_denied") throw told;
      refused ??= told;
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
