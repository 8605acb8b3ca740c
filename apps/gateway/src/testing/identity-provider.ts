import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider as OidcProvider } from "oidc-provider";
import { onTestFinished } from "vitest";

export const clientId = "copilot-llm";
export const clientSecret = "the client's secret";

/** Who signs in at the provider, and what it claims of them. Changed by tests as they go. */
export interface Account {
  id: string;
  claims: Record<string, unknown>;
  /** Refuses at the provider instead. */
  refuses: boolean;
}

/** A real OpenID Provider, at which the account signs in without being asked. Ends with the test. */
export async function startIdentityProvider(account: Account, redirectUris: readonly string[]) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new OidcProvider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    pkce: { required: () => true },
    scopes: ["openid", "profile", "email"],
    claims: { openid: ["sub"], profile: ["preferred_username", "roles"], email: ["email", "email_verified"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => Promise.resolve({ ...account.claims, sub: id }),
    }),
    cookies: { keys: ["of a test"] },
  });
  const serve = provider.callback();
  server.on("request", async (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) return serve(request, response);
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (account.refuses) return provider.interactionFinished(request, response, { error: "access_denied" });
    if (prompt.name === "login") {
      return provider.interactionFinished(request, response, { login: { accountId: account.id } });
    }
    const grant = new provider.Grant({ accountId: session?.accountId ?? account.id, clientId: params.client_id });
    grant.addOIDCScope("openid profile email");
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return issuer;
}
