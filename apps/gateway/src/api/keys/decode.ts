import type { KeyLimits } from "@copilot-llm/model";
import type { KeyChanges, NewKey } from "@copilot-llm/provider";
import { byLimitField } from "@copilot-llm/quota";
import { withoutUndefined } from "../route/without-undefined.js";
import type { CreateApiKeyBody, KeyAllowance, UpdateApiKeyBody } from "./schemas.js";

/** A new key; what is left out is for the settings to say. */
export function decodeNewKey(body: CreateApiKeyBody): NewKey {
  return { ...decodeKeyChanges(body), alias: body.alias };
}

/** What is left out stays as it is; null lifts a limit. */
export function decodeKeyChanges(body: UpdateApiKeyBody): KeyChanges {
  const { alias, enabled, github_token_ids: githubTokenIds, team_id: teamId, expires_at: expiresAt, note } = body;
  const expiresAtMs = typeof expiresAt === "string" ? Date.parse(expiresAt) : expiresAt;
  const rest = withoutUndefined({ alias, enabled, githubTokenIds, teamId, expiresAtMs, note });
  return { ...decodeAllowance(body), ...rest };
}

/** The part that a key and the defaults for new keys have in common. */
export function decodeAllowance(
  body: UpdateApiKeyBody | Partial<KeyAllowance>,
): Pick<KeyChanges, "allowedModels" | "recording" | "limits"> {
  const limits: Partial<KeyLimits> = withoutUndefined({
    ...byLimitField(({ name }) => body[name]),
    limitPeriod: body.limit_period,
  });
  const rest = withoutUndefined({ allowedModels: body.allowed_models, recording: body.recording });
  return Object.keys(limits).length === 0 ? rest : { ...rest, limits };
}
