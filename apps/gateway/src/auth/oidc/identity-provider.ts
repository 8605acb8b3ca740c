import { GatewayError, type Secret } from "@copilot-llm/model";
import type { ExternalIdentity } from "@copilot-llm/provider";
import * as client from "openid-client";
import { EnvHttpProxyAgent, type RequestInit, fetch as send } from "undici";
import { createLoader } from "../../loading/create-loader.js";
import { type Claims, claimedIdentity, claimedRole } from "./claimed-identity.js";

export interface IdentityProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The claim that holds `admin` or `viewer`. */
  readonly roleClaim: string;
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
}

/** What binds the answer to the browser that asked: kept there, in a cookie. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The company's identity provider, by OpenID Connect's authorization code flow with PKCE, state and nonce. */
export interface IdentityProvider {
  /** Where the browser is to go. */
  begin(redirectUri: string): Promise<{ readonly url: URL; readonly attempt: SignInAttempt }>;
  /** Who came back. Rejects for whatever is not the answer to the attempt; null for one without a role. */
  finish(answer: URL, attempt: SignInAttempt): Promise<ExternalIdentity | null>;
}

const scope = "openid profile email";
const maxFinishing = 16;

/** Asks the provider for its addresses when they are first needed, and again until it has them. */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { roleClaim } = options;
  const configuration = createLoader(() => discover(options));
  let finishing = 0;

  async function finish(answer: URL, { state, nonce, codeVerifier }: SignInAttempt): Promise<ExternalIdentity | null> {
    const config = await configuration();
    const tokens = await client.authorizationCodeGrant(config, answer, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) return null;
    const all = await withUserInfo(config, tokens.access_token, claims);
    return claimedIdentity(claims.iss, all, roleClaim);
  }

  /** Many a provider says at its userinfo endpoint only what the ID token could say too. */
  async function withUserInfo(config: client.Configuration, token: string, claims: client.IDToken): Promise<Claims> {
    const isComplete = claimedRole(claims, roleClaim) !== null && claims.preferred_username !== undefined;
    if (isComplete || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await client.fetchUserInfo(config, token, claims.sub)), ...claims };
  }

  return {
    async begin(redirectUri) {
      const config = await configuration();
      const attempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.codeVerifier),
        code_challenge_method: "S256",
      });
      return { url, attempt };
    },
    // Anybody may ask for it, and each costs the provider a request or two.
    async finish(answer, attempt) {
      if (finishing >= maxFinishing) throw new GatewayError("unavailable", "Too many sign-ins at once. Try again.");
      finishing += 1;
      try {
        return await finish(answer, attempt);
      } finally {
        finishing -= 1;
      }
    },
  };
}

async function discover(options: IdentityProviderOptions): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret, httpsProxy, noProxy } = options;
  const secret = clientSecret.reveal();
  // Plain http is for tests and for providers on the same machine: whoever sets such an issuer means it.
  const execute = issuer.startsWith("http:") ? [client.allowInsecureRequests] : [];
  const proxied = httpsProxy === null ? {} : { [client.customFetch]: createProxiedFetch(httpsProxy, noProxy) };
  const found = await client.discovery(new URL(issuer), clientId, secret, undefined, { execute, ...proxied });
  const methods = found.serverMetadata().token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authentication = methods.includes("client_secret_post")
    ? client.ClientSecretPost(secret)
    : client.ClientSecretBasic(secret);
  const config = new client.Configuration(found.serverMetadata(), clientId, secret, authentication);
  for (const extension of [...execute, client.enableNonRepudiationChecks]) extension(config);
  return Object.assign(config, proxied);
}

function createProxiedFetch(httpsProxy: string, noProxy: string | null): client.CustomFetch {
  // Given explicitly, so that undici does not look into the environment by itself.
  const dispatcher = new EnvHttpProxyAgent({ httpProxy: "", httpsProxy, noProxy: noProxy ?? "" });
  return async (url, init) => {
    const response: unknown = await send(url, { ...(init as RequestInit), dispatcher });
    return response as Response;
  };
}
