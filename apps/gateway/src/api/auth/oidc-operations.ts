import { z } from "@hono/zod-openapi";
import { operation } from "../route/operation.js";

export const startOidcSignIn = operation({
  method: "get",
  path: "/api/auth/oidc/start",
  "x-access": "public",
  operationId: "startOidcSignIn",
  summary: "Sign in by the identity provider",
  description:
    "For browsers: leads to the company's identity provider, which leads back. Only where `sign_in_methods` has `oidc`. What fails leads to `/login?error=…`.",
  request: { query: z.object({ next: z.string().max(2_000).optional().describe("The page to go to then.") }) },
  responses: { 302: { description: "The identity provider's page." } },
});

export const finishOidcSignIn = operation({
  method: "get",
  path: "/api/auth/oidc/callback",
  "x-access": "public",
  operationId: "finishOidcSignIn",
  summary: "Come back from the identity provider",
  description:
    "The redirect URI to register at the identity provider. Checks state, nonce and PKCE, signs in with the role of the claim, and leads to the page that was asked for.",
  responses: { 302: { description: "The page that was asked for, signed in; or `/login?error=…`." } },
});
