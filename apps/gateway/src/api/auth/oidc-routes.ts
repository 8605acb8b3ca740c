import { GatewayError, type Log } from "@copilot-llm/model";
import type { Provider, SignedIn } from "@copilot-llm/provider";
import { setAttemptCookie, takeAttemptCookie } from "../../auth/oidc/attempt-cookie.js";
import type { IdentityProvider } from "../../auth/oidc/identity-provider.js";
import type { CidrList } from "../../env/cidr-list.js";
import { isSecure } from "../../http/client-address.js";
import { originOf } from "../../http/origin-of.js";
import type { GatewayContext } from "../../http/request-context.js";
import type { AdminApp } from "../route/admin-app.js";
import { refuseHead } from "../route/refuse-head.js";
import type { RouteFactory } from "../route/route-factory.js";
import { finishOidcSignIn, startOidcSignIn } from "./oidc-operations.js";
import type { OidcError } from "./schemas.js";

export interface OidcRouteOptions {
  readonly provider: Pick<Provider, "signIn">;
  readonly identityProvider: IdentityProvider;
  readonly trustProxy: CidrList;
  readonly publicUrl: string | null;
  readonly log: Log;
  readonly setCookies: (context: GatewayContext, result: SignedIn) => void;
}

/** Sign-in by the company's identity provider. The browser comes and goes, so failures lead to the sign-in page. */
export function addOidcRoutes(app: AdminApp, route: RouteFactory, options: OidcRouteOptions): void {
  const { provider, identityProvider, trustProxy, publicUrl, log } = options;
  const secureOf = (context: GatewayContext): boolean => isSecure(context.env.incoming, trustProxy);
  const redirectUri = (context: GatewayContext): string =>
    `${publicUrl ?? originOf(context, trustProxy)}${finishOidcSignIn.path}`;
  const fail = (context: GatewayContext, error: OidcError, reason: unknown) => {
    log.warn("a sign-in by the identity provider failed", { error_code: error, error: reason });
    return context.redirect(`/login?error=${error}`, 302);
  };

  app.openapi(route(startOidcSignIn), async (context) => {
    try {
      const { url, attempt } = await identityProvider.begin(redirectUri(context));
      const { next = "/" } = context.req.valid("query");
      setAttemptCookie(context, { ...attempt, next: ownPath(next) }, secureOf(context));
      return context.redirect(url.href, 302);
    } catch (error) {
      return fail(context, "oidc_unreachable", error);
    }
  });

  app.openapi(route(finishOidcSignIn), async (context) => {
    refuseHead(context);
    const pending = takeAttemptCookie(context);
    if (pending === null) return fail(context, "oidc_expired", null);
    const answer = new URL(redirectUri(context));
    answer.search = new URL(context.req.url).search;
    if (answer.searchParams.get("error") === "access_denied") return fail(context, "oidc_denied", null);
    try {
      const identity = await identityProvider.finish(answer, pending);
      if (identity === null) return fail(context, "oidc_no_role", null);
      const origin = {
        clientIp: context.get("exchange").clientIp,
        userAgent: context.req.header("user-agent") ?? null,
      };
      options.setCookies(context, await provider.signIn.signInExternally(identity, origin));
      return context.redirect(ownPath(pending.next), 302);
    } catch (error) {
      const isTaken = error instanceof GatewayError && error.code === "conflict";
      return fail(context, isTaken ? "oidc_conflict" : "oidc_failed", error);
    }
  });
}

/** A page of ours, never another site's. */
function ownPath(path: string): string {
  return /^\/(?![/\\])[\w\-./?&=%~:,+]*$/.test(path) ? path : "/";
}
