import { Secret } from "@copilot-llm/model";
import type { NewToken, TokenChanges } from "@copilot-llm/provider";
import type { z } from "@hono/zod-openapi";
import { withoutUndefined } from "../route/without-undefined.js";
import type { createGithubTokenBody, UpdateGithubTokenBody } from "./schemas.js";

/** A pasted token, or a GitHub App installation. */
export function decodeNewToken(body: z.output<typeof createGithubTokenBody>): NewToken {
  const { alias, enabled = true } = body;
  if (body.kind !== "app_installation") {
    return { alias, enabled, credential: { kind: "user", token: new Secret(body.token) } };
  }
  const { app_id: appId, installation_id: installationId, private_key: privateKey } = body;
  const installation = { appId, installationId, privateKey: new Secret(privateKey) };
  return { alias, enabled, credential: { kind: "app_installation", installation } };
}

/** What is left out stays as it is. */
export function decodeTokenChanges(body: UpdateGithubTokenBody): TokenChanges {
  const { alias, enabled, token, private_key: privateKey, billing_entity: billingEntity } = body;
  return withoutUndefined({
    alias,
    enabled,
    billingEntity,
    token: token === undefined ? undefined : new Secret(token),
    privateKey: privateKey === undefined ? undefined : new Secret(privateKey),
  });
}
