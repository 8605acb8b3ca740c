import { type Clock, GatewayError, type Log, Secret } from "@copilot-llm/model";
import type { Provider, SignedIn, SignIn, SignInDevice, SignInOrigin } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import { assertSameOrigin } from "../../auth/assert-same-origin.js";
import { bearerOf } from "../../auth/credential.js";
import type { IdentityProvider } from "../../auth/oidc/identity-provider.js";
import { sessionCookie } from "../../auth/read-session-cookie.js";
import { clearSessionCookie, deviceCookie, setDeviceCookie, setSessionCookie } from "../../auth/session-cookie.js";
import type { CidrList } from "../../env/cidr-list.js";
import { isSecure } from "../../http/client-address.js";
import type { GatewayContext } from "../../http/request-context.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { addOidcRoutes } from "./oidc-routes.js";
import { changePassword, getAuthStatus, getMe, login, logout, register, setUp } from "./operations.js";
import type { AuthStatus } from "./schemas.js";
import { addSessionListRoutes } from "./session-routes.js";

export interface AuthRouteOptions {
  readonly provider: Pick<Provider, "signIn" | "users">;
  readonly trustProxy: CidrList;
  readonly version: string;
  readonly publicUrl: string | null;
  /** Null: one signs in by password only. */
  readonly identityProvider: IdentityProvider | null;
  readonly log: Log;
  readonly clock: Clock;
}

/** Setup of the first admin, sign-in and sign-out. */
export function addAuthRoutes(app: AdminApp, route: RouteFactory, options: AuthRouteOptions): void {
  const { signIn, users } = options.provider;
  const { identityProvider } = options;
  const setCookies = (context: GatewayContext, result: SignedIn): void => {
    const secure = isSecure(context.env.incoming, options.trustProxy);
    setSessionCookie(context, result.token, result.expiresAtMs, secure);
    setDeviceCookie(context, result.deviceToken, options.clock.nowMs(), secure);
  };
  const signedIn = (context: GatewayContext, result: SignedIn) => {
    setCookies(context, result);
    return { token: result.token.reveal(), username: result.user.username };
  };

  app.openapi(route(getAuthStatus), async (context) => {
    const token = sessionToken(context);
    const user = token === null ? null : await signIn.userOf(token);
    const methods: AuthStatus["sign_in_methods"] = identityProvider === null ? ["password"] : ["password", "oidc"];
    return context.json(
      {
        setup_required: await signIn.isSetupRequired(),
        authenticated: user !== null,
        username: user?.username ?? null,
        role: user?.role ?? null,
        version: options.version,
        public_url: options.publicUrl,
        sign_in_methods: methods,
      },
      200,
    );
  });

  for (const operation of [setUp, register]) {
    app.openapi(route(operation), async (context) => {
      const { username, password, setup_code } = context.req.valid("json");
      const result = await signIn.setUp(
        username,
        new Secret(password),
        new Secret(setup_code),
        signInOriginOf(context),
      );
      return context.json(signedIn(context, result), 200);
    });
  }

  app.openapi(route(login), async (context) => {
    const { username, password } = context.req.valid("json");
    const result = await signIn.signIn(
      username,
      new Secret(password),
      context.get("exchange").clientIp,
      deviceOf(context),
    );
    return context.json(signedIn(context, result), 200);
  });

  app.openapi(route(logout), async (context) => {
    const token = sessionToken(context);
    if (sessionCookie(context.req) !== null) assertSameOrigin(context.req);
    if (token !== null) await signIn.signOut(token);
    clearSessionCookie(context);
    return context.json({ ok: true }, 200);
  });

  app.openapi(route(changePassword), async (context) => {
    const { current_password, new_password } = context.req.valid("json");
    await assertOwnPassword(context, signIn, new Secret(current_password));
    const changed = await users.update(actorOf(context), context.get("user").id, {
      password: new Secret(new_password),
    });
    return context.json(signedIn(context, await signIn.begin(changed, signInOriginOf(context))), 200);
  });

  addSessionListRoutes(app, route, signIn);
  if (identityProvider !== null) addOidcRoutes(app, route, { ...options, identityProvider, setCookies });

  app.openapi(route(getMe), (context) => {
    const { username, role } = context.get("user");
    return context.json({ username, role }, 200);
  });
}

function userAgentOf(context: GatewayContext): string | null {
  return context.req.header("user-agent") ?? null;
}

function signInOriginOf(context: GatewayContext): SignInOrigin {
  return { method: "password", clientIp: context.get("exchange").clientIp, userAgent: userAgentOf(context) };
}

function deviceOf(context: GatewayContext): SignInDevice {
  return { deviceToken: deviceCookie(context), userAgent: userAgentOf(context) };
}

/** Guesses count as those of a sign-in do. Not `unauthenticated`: the session that asks is good. */
async function assertOwnPassword(context: GatewayContext, signIn: SignIn, password: Secret): Promise<void> {
  const { clientIp } = context.get("exchange");
  try {
    await signIn.checkPassword(context.get("user").username, password, clientIp, deviceCookie(context));
  } catch (error) {
    if (GatewayError.from(error).code !== "unauthenticated") throw error;
    throw new GatewayError("invalid_request", "The current password is wrong.", { param: "current_password" });
  }
}

function sessionToken(context: GatewayContext): Secret | null {
  return bearerOf(context.req) ?? sessionCookie(context.req);
}
