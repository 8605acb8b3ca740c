import type { AccountCredential } from "@copilot-llm/copilot";
import { GatewayError, type GithubToken } from "@copilot-llm/model";
import { parseInstallation } from "./installation.js";

/** How a stored token proves itself to GitHub. Throws `internal` for one without the secret that its kind needs. */
export function credentialOf({ id, kind, secret }: GithubToken): AccountCredential {
  if (kind === "logged_in_user") return { kind };
  if (secret === null) throw new GatewayError("internal", `Token ${id} has no secret.`);
  return kind === "user" ? { kind, token: secret } : { kind, ...parseInstallation(secret) };
}
