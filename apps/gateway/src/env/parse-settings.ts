import { Secret } from "@copilot-llm/model";
import { CidrList } from "./cidr-list.js";
import type { GatewaySettings } from "./gateway-settings.js";
import { parseUrl, splitList } from "./parse-values.js";
import { parseWebhookSecret } from "./parse-webhook-secret.js";
import { SettingError } from "./setting-error.js";

/** A secret that a header brings, which can hold nothing else. */
export function parseBearer(name: string, secret: Secret | null): Secret | null {
  if (secret !== null && !/^[!-~]+$/.test(secret.reveal())) {
    throw new SettingError(name, null, "give a text of ASCII characters without spaces: it comes as Bearer");
  }
  return secret;
}

export function parseAlertWebhook(url: Secret | null, secret: Secret | null): GatewaySettings["alertWebhook"] {
  if (url === null && secret === null) return null;
  if (url === null)
    throw new SettingError("ALERT_WEBHOOK_URL", null, "it must be set together with ALERT_WEBHOOK_SECRET");
  if (!/^https?:\/\//i.test(url.reveal()) || !URL.canParse(url.reveal())) {
    throw new SettingError("ALERT_WEBHOOK_URL", null, "give an http:// or https:// address");
  }
  if (secret === null || parseWebhookSecret(secret) === null) {
    throw new SettingError("ALERT_WEBHOOK_SECRET", null, "give whsec_ and 24 to 64 random bytes in base64");
  }
  return { url, secret };
}

export function parseOidc(read: (name: string) => string | null, clientSecret: Secret | null): GatewaySettings["oidc"] {
  const [issuer, clientId] = [parseUrl("OIDC_ISSUER", read("OIDC_ISSUER")), read("OIDC_CLIENT_ID")];
  const given = [
    ["OIDC_ISSUER", issuer],
    ["OIDC_CLIENT_ID", clientId],
    ["OIDC_CLIENT_SECRET", clientSecret],
  ] as const;
  const missing = given.find(([, value]) => value === null);
  if (issuer === null || clientId === null || clientSecret === null) {
    const isUnset = given.every(([, value]) => value === null) && read("OIDC_ROLE_CLAIM") === null;
    if (isUnset || missing === undefined) return null;
    throw new SettingError(missing[0], null, "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together");
  }
  return { issuer, clientId, clientSecret, roleClaim: read("OIDC_ROLE_CLAIM") ?? "roles" };
}

export function parseDatabaseUrl(secret: Secret | null): Secret | null {
  if (secret === null) return null;
  const text = secret.reveal();
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new SettingError("DATABASE_URL", null, "give postgres://user:password@host:port/database");
  }
  return secret;
}

export function parseCorsOrigins(text: string | null): "*" | readonly string[] {
  if (text === null) return [];
  if (text === "*") return "*";
  return splitList(text).map((entry) => {
    const origin = URL.canParse(entry) ? new URL(entry).origin : "null";
    if (origin === "null" || origin !== entry.replace(/\/$/, "").toLowerCase()) {
      throw new SettingError(
        "CORS_ORIGINS",
        text,
        `${JSON.stringify(entry)} is no origin; give https://host[:port], comma-separated, or *`,
      );
    }
    return origin;
  });
}

export function parseTrustProxy(text: string | null): CidrList {
  try {
    return new CidrList(text === null ? [] : splitList(text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SettingError(
      "TRUST_PROXY",
      text,
      `${JSON.stringify(error.message)} is no address or CIDR such as 10.0.0.0/8`,
    );
  }
}

export function parseGithubTokens(single: string | null, list: string | null): GatewaySettings["githubTokens"] {
  const tokens: GatewaySettings["githubTokens"][number][] =
    single === null ? [] : [{ alias: "default", token: new Secret(single), variable: "GITHUB_TOKEN" }];
  for (const entry of splitList(list ?? "")) {
    const [alias = "", ...rest] = entry.split("=");
    const token = rest.join("=").trim();
    if (alias.trim() === "" || token === "") {
      throw new SettingError("GITHUB_TOKENS", null, "give alias=token pairs, comma-separated");
    }
    tokens.push({ alias: alias.trim(), token: new Secret(token), variable: "GITHUB_TOKENS" });
  }
  const aliases = new Set(tokens.map((token) => token.alias.toLowerCase()));
  if (aliases.size !== tokens.length) throw new SettingError("GITHUB_TOKENS", null, "each alias may stand once");
  const byToken = new Map<string, string>();
  for (const { alias, token } of tokens) {
    const other = byToken.get(token.reveal());
    if (other !== undefined) throw new SettingError("GITHUB_TOKENS", null, `${other} and ${alias} are the same token`);
    byToken.set(token.reveal(), alias);
  }
  return tokens;
}
