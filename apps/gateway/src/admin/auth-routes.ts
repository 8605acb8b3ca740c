import { Secret } from "@copilot-llm/model";
import type { Provider, SignedIn } from "@copilot-llm/provider";
import { z } from "@hono/zod-openapi";
import { authStatus, loginBody, loginResult, me, setupBody } from "../admin-api/auth-schemas.js";
import { bearerOf } from "../data/credential.js";
import type { CidrList } from "../env/cidr-list.js";
import { isSecure } from "../http/client-address.js";
import type { GatewayContext } from "../http/request-context.js";
import { type AdminApp, json, jsonBody, type RouteFactory } from "./admin-router.js";
import { clearSessionCookie, sessionCookie, setSessionCookie } from "./session-cookie.js";

export interface AuthRouteOptions {
  readonly provider: Provider;
  readonly trustProxy: CidrList;
  readonly version: string;
}

/** Setup of the first admin, sign-in and sign-out. */
export function addAuthRoutes(app: AdminApp, route: RouteFactory, options: AuthRouteOptions): void {
  const { signIn } = options.provider;
  const signedIn = (context: GatewayContext, result: SignedIn) => {
    setSessionCookie(context, result.token, result.expiresAtMs, isSecure(context.env.incoming, options.trustProxy));
    return { token: result.token.reveal(), username: result.user.username };
  };

  app.openapi(
    route("public", {
      method: "get",
      path: "/api/auth/status",
      responses: { 200: json(authStatus, "Whether the gateway is set up, and who is signed in") },
    }),
    async (context) => {
      const token = bearerOf(context) ?? sessionCookie(context);
      const user = token === null ? null : await signIn.userOf(token);
      return context.json(
        {
          setup_required: await signIn.isSetupRequired(),
          authenticated: user !== null,
          username: user?.username ?? null,
          role: user?.role ?? null,
          version: options.version,
        },
        200,
      );
    },
  );

  for (const path of ["/api/auth/setup", "/api/auth/register"] as const) {
    app.openapi(
      route("public", {
        method: "post",
        path,
        request: jsonBody(setupBody, "The first admin, with the setup code printed at start"),
        responses: { 200: json(loginResult, "Set up and signed in") },
      }),
      async (context) => {
        const { username, password, setup_code } = context.req.valid("json");
        const result = await signIn.setUp(username, new Secret(password), new Secret(setup_code));
        return context.json(signedIn(context, result), 200);
      },
    );
  }

  app.openapi(
    route("public", {
      method: "post",
      path: "/api/auth/login",
      request: jsonBody(loginBody, "Username and password"),
      responses: { 200: json(loginResult, "Signed in") },
    }),
    async (context) => {
      const { username, password } = context.req.valid("json");
      const result = await signIn.signIn(username, new Secret(password), context.get("clientIp"));
      return context.json(signedIn(context, result), 200);
    },
  );

  app.openapi(
    route("public", {
      method: "post",
      path: "/api/auth/logout",
      responses: { 200: json(z.object({ ok: z.boolean() }), "Signed out") },
    }),
    async (context) => {
      const token = bearerOf(context) ?? sessionCookie(context);
      if (token !== null) await signIn.signOut(token);
      clearSessionCookie(context);
      return context.json({ ok: true }, 200);
    },
  );

  app.openapi(
    route("user", { method: "get", path: "/me", responses: { 200: json(me, "Who is signed in") } }),
    (context) => {
      const { username, role } = context.get("user");
      return context.json({ username, role }, 200);
    },
  );
}
