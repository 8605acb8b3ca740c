import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { SimulatorClock } from "../clock.js";
import { parseJsonObject } from "../json-value.js";

/** A GitHub App and the installations that its key may mint tokens for. */
export interface GitHubAppOptions {
  readonly appId: string;
  /** PEM of the app's public key. Absent: signatures are not checked. */
  readonly publicKeyPem?: string;
  readonly installations: readonly { readonly id: string; readonly login: string }[];
}

/** The account an app's JWT may act for. */
export interface Installations {
  /** The installation's login, or why the request is refused. */
  resolve(
    installationId: string,
    jwt: string,
  ): { readonly login: string } | { readonly status: 401 | 404; readonly message: string };
}

const maximumLifetimeSeconds = 600;
const clockSkewSeconds = 60;

/** Checks JWTs as GitHub does: RS256, `iss` is the app, at most ten minutes long. */
export function createInstallations(apps: readonly GitHubAppOptions[], clock: SimulatorClock): Installations {
  const keys = new Map<string, KeyObject>();
  for (const app of apps) {
    if (app.publicKeyPem !== undefined) keys.set(app.appId, createPublicKey(app.publicKeyPem));
  }
  const refuse = (message: string) => ({ status: 401, message }) as const;

  return {
    resolve: (installationId, jwt) => {
      const [header = "", payload = "", signature = ""] = jwt.split(".");
      const claims = parseJsonObject(Buffer.from(payload, "base64url").toString("utf8"));
      const algorithm = parseJsonObject(Buffer.from(header, "base64url").toString("utf8"))?.alg;
      if (claims === undefined || algorithm !== "RS256") return refuse("A JSON web token could not be decoded");
      const app = apps.find((candidate) => candidate.appId === String(claims.iss));
      if (app === undefined) return refuse("'Issuer' claim ('iss') must be an Integer");
      const issuedAt = Number(claims.iat);
      const expiresAt = Number(claims.exp);
      const nowSeconds = clock.nowMs() / 1000;
      if (!(expiresAt > nowSeconds))
        return refuse(
          "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
        );
      if (expiresAt - nowSeconds > maximumLifetimeSeconds + clockSkewSeconds)
        return refuse("'Expiration time' claim ('exp') is too far in the future");
      if (!(issuedAt <= nowSeconds + clockSkewSeconds))
        return refuse(
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
        );
      const key = keys.get(app.appId);
      const signed = Buffer.from(`${header}.${payload}`);
      if (key !== undefined && !verify("sha256", signed, key, Buffer.from(signature, "base64url"))) {
        return refuse("A JSON web token could not be decoded");
      }
      const installation = app.installations.find((candidate) => candidate.id === installationId);
      return installation === undefined ? { status: 404, message: "Not Found" } : { login: installation.login };
    },
  };
}
