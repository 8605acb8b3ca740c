import { Secret } from "@copilot-llm/model";
import type { Provider, SignedIn } from "@copilot-llm/provider";
import { bearerOf } from "../../auth/credential.js";
import { clearSessionCookie, sessionCookie, setSessionCookie } from "../../auth/session-cookie.js";
import type { CidrList } from "../../env/cidr-list.js";
import { isSecure } from "../../http/client-address.js";
import type { GatewayContext } from "../../http/request-context.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { getAuthStatus, getMe, login, logout, register, setUp } from "./operations.js";

const signInMethods = ["password"] as const;

export interface AuthRouteOptions {
  readonly provider: Pick<Provider, "signIn">;
  readonly trustProxy: CidrList;
  readonly version: string;
  readonly publicUrl: string | null;
}

/** Setup of the first admin, sign-in and sign-out. */
export function addAuthRoutes(app: AdminApp, route: RouteFactory, options: AuthRouteOptions): void {
  const { signIn } = options.provider;
  const signedIn = (context: GatewayContext, result: SignedIn) => {
    setSessionCookie(context, result.token, result.expiresAtMs, isSecure(context.env.incoming, options.trustProxy));
    return { token: result.token.reveal(), username: result.user.username };
  };

  app.openapi(route(getAuthStatus), async (context) => {
    const token = sessionToken(context);
    const user = token === null ? null : await signIn.userOf(token);
    return context.json(
      {
        setup_required: await signIn.isSetupRequired(),
        authenticated: user !== null,
        username: user?.username ?? null,
        role: user?.role ?? null,
        version: options.version,
        public_url: options.publicUrl,
        sign_in_methods: [...signInMethods],
      },
      200,
    );
  });

  for (const operation of [setUp, register]) {
    app.openapi(route(operation), async (context) => {
      const { username, password, setup_code } = context.req.valid("json");
      const result = await signIn.setUp(username, new Secret(password), new Secret(setup_code));
      return context.json(signedIn(context, result), 200);
    });
  }

  app.openapi(route(login), async (context) => {
    const { username, password } = context.req.valid("json");
    const result = await signIn.signIn(username, new Secret(password), context.get("clientIp"));
    return context.json(signedIn(context, result), 200);
  });

  app.openapi(route(logout), async (context) => {
    const token = sessionToken(context);
    if (token !== null) await signIn.signOut(token);
    clearSessionCookie(context);
    return context.json({ ok: true }, 200);
  });

  app.openapi(route(getMe), (context) => {
    const { username, role } = context.get("user");
    return context.json({ username, role }, 200);
  });
}

function sessionToken(context: GatewayContext): Secret | null {
  return bearerOf(context) ?? sessionCookie(context);
}
