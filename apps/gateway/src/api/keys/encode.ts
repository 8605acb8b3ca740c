import type { KeyDefaults } from "@copilot-llm/model";
import { type IssuedKey, type KeyView, keyStanding } from "@copilot-llm/provider";
import { byBudgetCount, byBudgetField, byLimitName, limitAmount } from "@copilot-llm/quota";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { ApiKeyView, CreatedApiKey, KeyAllowance } from "./schemas.js";

/** What the API calls a key's budgets. */
export const keyBudgetNames = byBudgetField(({ name }) => name);

export function encodeKeyView({ key, usage, lastClient }: KeyView, nowMs: number): ApiKeyView {
  const { state, limitedBy, resetsAtMs } = keyStanding(key, usage, nowMs);
  const current = usage?.[key.limits.limitPeriod];
  return {
    id: key.id,
    alias: key.alias,
    key_preview: key.keyPreview,
    enabled: key.enabled,
    created_at: encodeTime(key.createdAtMs),
    created_by: key.createdBy,
    note: key.note,
    last_client: lastClient,
    expires_at: encodeNullableTime(key.expiresAtMs),
    ...encodeAllowance(key),
    github_token_ids: key.githubTokenIds === null ? null : [...key.githubTokenIds],
    ...byBudgetCount(({ unit }) => limitAmount(unit, current?.[unit] ?? 0)),
    team_id: key.teamId,
    seat_token_id: key.seat?.tokenId ?? null,
    previous_value_until: encodeNullableTime(previousUntilMs(key, nowMs)),
    last_used_at: encodeNullableTime(usage?.lastUsedAtMs ?? null),
    state,
    limited_by: limitedBy === null ? null : keyBudgetNames[limitedBy],
    resets_at: encodeNullableTime(resetsAtMs),
  };
}

function previousUntilMs({ replaced }: KeyView["key"], nowMs: number): number | null {
  return replaced !== null && nowMs < replaced.untilMs ? replaced.untilMs : null;
}

/** With its value: the one time it is shown. */
export function encodeIssuedKey(issued: IssuedKey, nowMs: number): CreatedApiKey {
  return { ...encodeKeyView(issued, nowMs), key: issued.value.reveal() };
}

/** What a key and the defaults for new keys have in common. */
export function encodeAllowance({ allowedModels, limits, recording }: KeyDefaults): KeyAllowance {
  return {
    allowed_models: allowedModels === null ? null : [...allowedModels],
    ...byLimitName(({ field }) => limits[field]),
    limit_period: limits.limitPeriod,
    recording,
  };
}
