import { GatewayError } from "@copilot-llm/model";
import type { SignIn } from "@copilot-llm/provider";
import type { MiddlewareHandler } from "hono";
import type { GatewayContext, GatewayEnv } from "../http/request-context.js";
import { assertSameOrigin } from "./assert-same-origin.js";
import { apiKeyHeader, bearerOf } from "./credential.js";
import { sessionCookie } from "./session-cookie.js";

/**
 * Who may call a route: anyone, a signed-in user (who may look), an admin (who may change things), or whoever holds a
 * managed key.
 */
export type Access = "public" | "user" | "admin" | "key";

export type Guards = Readonly<Record<Access, MiddlewareHandler<GatewayEnv>>>;

/** Admits by console session, as cookie or Bearer, or, where a route says so, by managed key and by nothing else. */
export function createGuards(signIn: SignIn): Guards {
  return {
    public: (_context, next) => next(),
    user: async (context, next) => {
      await admit(context, signIn);
      await next();
    },
    admin: async (context, next) => {
      const { role } = await admit(context, signIn);
      if (role !== "admin") throw new GatewayError("permission_denied", "Only an admin may do this.");
      await next();
    },
    key: async (context, next) => {
      const credential = apiKeyHeader(context) ?? bearerOf(context);
      if (credential === null) throw new GatewayError("unauthenticated", "Send an API key.");
      const principal = await signIn.principalOf(credential);
      if (principal.kind !== "api_key") {
        throw new GatewayError("permission_denied", "This is for whoever holds a managed API key.");
      }
      context.set("principal", principal);
      context.set("key", principal.key);
      context.get("logEntry").add({ key: principal.key.alias });
      await next();
    },
  };
}

async function admit(context: GatewayContext, signIn: SignIn) {
  const bearer = bearerOf(context);
  const cookie = bearer === null ? sessionCookie(context) : null;
  const token = bearer ?? cookie;
  const user = token === null ? null : await signIn.userOf(token);
  if (user === null) throw new GatewayError("unauthenticated", "Sign in to the console first.");
  if (cookie !== null) assertSameOrigin(context);
  context.set("user", user);
  context.get("logEntry").add({ user: user.username });
  return user;
}
