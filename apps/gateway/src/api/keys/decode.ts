import { GatewayError, type KeyLimits } from "@copilot-llm/model";
import type { KeyChanges, NewKey } from "@copilot-llm/provider";
import { byLimitField } from "@copilot-llm/quota";
import { withoutUndefined } from "../route/without-undefined.js";
import type { CreateApiKeyBody, KeyAllowance, UpdateApiKeyBody } from "./schemas.js";

/** A new key; what is left out is for the settings to say. Throws `invalid_request` where it would end before it begins. */
export function decodeNewKey(body: CreateApiKeyBody, nowMs: number): NewKey {
  assertEndsLater(body.expires_at, "expires_at", nowMs);
  return { ...decodeKeyChanges(body), alias: body.alias };
}

/** For what is made anew: a typing error in its end would be noticed only when it is used. Throws `invalid_request`. */
export function assertEndsLater(endsAt: string | null | undefined, param: string, nowMs: number): void {
  if (typeof endsAt !== "string" || Date.parse(endsAt) > nowMs) return;
  throw new GatewayError("invalid_request", `\`${param}\` must be a time in the future.`, { param });
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
