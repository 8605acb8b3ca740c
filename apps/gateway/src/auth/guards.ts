import { GatewayError } from "@copilot-llm/model";
import type { SignIn } from "@copilot-llm/provider";
import type { MiddlewareHandler } from "hono";
import type { GatewayContext, GatewayEnv } from "../http/request-context.js";
import { assertSameOrigin } from "./assert-same-origin.js";
import { apiKeyHeader, bearerOf } from "./credential.js";
import { sessionCookie } from "./read-session-cookie.js";

/** Who may call a route: anyone, the holder of a managed key, a signed-in user (who may look), or an admin (who may change things). */
export type Access = "public" | "key" | "user" | "admin";

export type Guards = Readonly<Record<Access, MiddlewareHandler<GatewayEnv>>>;

/** Users and admins are admitted by console session, as cookie or Bearer; a managed key opens none of their routes. */
export function createGuards(signIn: SignIn): Guards {
  return {
    public: (_context, next) => next(),
    key: async (context, next) => {
      await admitKey(context, signIn);
      await next();
    },
    user: async (context, next) => {
      await admit(context, signIn);
      await next();
    },
    admin: async (context, next) => {
      const { role } = await admit(context, signIn);
      if (role !== "admin") throw new GatewayError("permission_denied", "Only an admin may do this.");
      await next();
    },
  };
}

async function admit(context: GatewayContext, signIn: SignIn) {
  const bearer = bearerOf(context.req);
  const cookie = bearer === null ? sessionCookie(context.req) : null;
  const token = bearer ?? cookie;
  const signedIn = token === null ? null : await signIn.sessionOf(token);
  if (signedIn === null) throw new GatewayError("unauthenticated", "Sign in to the console first.");
  const { user } = signedIn;
  if (cookie !== null) assertSameOrigin(context.req);
  context.set("user", user);
  context.set("signedIn", signedIn);
  context.get("exchange").logEntry.add({ user: user.username });
  return user;
}

/** By whichever header holds a managed key: clients may send both. No session, and not the gateway's single key. */
async function admitKey(context: GatewayContext, signIn: SignIn): Promise<void> {
  let refused = new GatewayError(
    "unauthenticated",
    "Send a managed API key, as `Authorization: Bearer` or `x-api-key`.",
  );
  for (const credential of [apiKeyHeader(context.req), bearerOf(context.req)]) {
    if (credential === null) continue;
    try {
      const principal = await signIn.principalOf(credential);
      if (principal.kind !== "api_key") continue;
      context.set("key", principal.key);
      context.get("exchange").logEntry.add({ key: principal.key.alias });
      return;
    } catch (error) {
      refused = GatewayError.from(error);
      if (refused.code !== "unauthenticated" && refused.code !== "permission_denied") throw refused;
    }
  }
  throw refused;
}
