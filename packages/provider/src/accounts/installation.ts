import { GatewayError, parseJsonObject, Secret } from "@copilot-llm/model";

/** A GitHub App as it is installed in one organisation, with the key by which it proves itself. */
export interface Installation {
  readonly appId: string;
  readonly installationId: string;
  /** PEM. */
  readonly privateKey: Secret;
}

/** All of it as the one secret that is stored of such a token, so that the store need not know of Apps. */
export function encodeInstallation({ appId, installationId, privateKey }: Installation): Secret {
  return new Secret(JSON.stringify({ appId, installationId, privateKey: privateKey.reveal() }));
}

/** The reverse of `encodeInstallation`. Throws `internal` for a secret that is none. */
export function parseInstallation(secret: Secret): Installation {
  const { appId, installationId, privateKey } = parseJsonObject(secret.reveal()) ?? {};
  if (typeof appId !== "string" || typeof installationId !== "string" || typeof privateKey !== "string") {
    throw new GatewayError("internal", "The stored secret is no GitHub App installation.");
  }
  return { appId, installationId, privateKey: new Secret(privateKey) };
}
