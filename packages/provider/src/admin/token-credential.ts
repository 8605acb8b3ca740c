import { createPrivateKey } from "node:crypto";
import { GatewayError, type GithubToken, Secret } from "@copilot-llm/model";
import { encodeInstallation, type Installation, parseInstallation } from "../accounts/installation.js";

const tokenForm = /^(gho|ghu|ghp|github_pat)_[A-Za-z0-9_]+$/;

/** How a new token proves itself: pasted, or as a GitHub App installation. */
export type NewCredential =
  | { readonly kind: "user"; readonly token: Secret }
  | { readonly kind: "app_installation"; readonly installation: Installation };

/** A new secret for a token that stays what it is: the same person or organisation, with another token or key. */
export interface CredentialChange {
  readonly token?: Secret;
  /** PEM. */
  readonly privateKey?: Secret;
}

/** What is stored as the token's secret. Throws `invalid_request` for one of the wrong form, without repeating it. */
export function encodeCredential(credential: NewCredential): Secret {
  if (credential.kind === "user") return checkedToken(credential.token);
  const { installation } = credential;
  return encodeInstallation({ ...installation, privateKey: checkedPrivateKey(installation.privateKey) });
}

/** The secret that the token has from now on; null when the change names none. Throws as `encodeCredential` does. */
export function changeCredential(token: GithubToken, change: CredentialChange): Secret | null {
  if (change.token !== undefined) {
    if (token.kind !== "user") throw unfitting("token", "This account is not one with a token of its own.");
    return checkedToken(change.token);
  }
  if (change.privateKey === undefined) return null;
  if (token.kind !== "app_installation" || token.secret === null) {
    throw unfitting("private_key", "This account is no GitHub App installation.");
  }
  return encodeInstallation({
    ...parseInstallation(token.secret),
    privateKey: checkedPrivateKey(change.privateKey),
  });
}

/** Enough to tell a token by in a list: its first 10 and last 4 characters, or which installation it is. */
export function previewOf({ kind, secret }: GithubToken): string {
  if (secret === null) return "";
  if (kind !== "app_installation") return secret.preview(10, 4);
  const { appId, installationId } = parseInstallation(secret);
  return `app ${appId}, installation ${installationId}`;
}

function checkedToken(token: Secret): Secret {
  const value = token.reveal();
  if (value.startsWith("ghs_")) {
    throw unfitting("token", "A `ghs_` token lives one hour; add the GitHub App installation that mints it instead.");
  }
  if (!tokenForm.test(value)) {
    throw unfitting("token", "This is no GitHub token: it must start with gho_, ghu_, github_pat_ or ghp_.");
  }
  return token;
}

/** With real line ends: keys often come from an environment file, with `\n` written out. */
function checkedPrivateKey(privateKey: Secret): Secret {
  const pem = privateKey.reveal().replaceAll("\\n", "\n").trim();
  if (!isRsaKey(pem)) {
    throw unfitting("private_key", "This is no RSA private key in PEM form, as GitHub makes them for an App.");
  }
  return new Secret(pem);
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

function unfitting(param: string, message: string): GatewayError {
  return new GatewayError("invalid_request", message, { param });
}
