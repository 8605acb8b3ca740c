import type { BatchSettings } from "@copilot-llm/model";
import type { SettingsChanges } from "@copilot-llm/provider";
import { decodeAllowance } from "../keys/decode.js";
import { withoutUndefined } from "../route/without-undefined.js";
import type { UpdateSettingsBody } from "./schemas.js";

/** What is left out stays as it is. */
export function decodeSettingsChanges(body: UpdateSettingsBody): SettingsChanges {
  return withoutUndefined({
    routingStrategy: body.routing_strategy,
    modelAliases: body.model_aliases,
    modelFallbacks: body.model_fallbacks,
    keyDefaults: body.key_defaults === undefined ? undefined : decodeAllowance(body.key_defaults),
    recording: body.recording,
    recordingRetentionDays: body.recording_retention_days,
    legacyKeyEnabled: body.legacy_key_enabled,
    viewersSeePrompts: body.viewers_see_prompts,
    holdersSeeSessions: body.holders_see_sessions,
    batches: body.batches === undefined ? undefined : decodeBatchChanges(body.batches),
  });
}

function decodeBatchChanges(body: NonNullable<UpdateSettingsBody["batches"]>): Partial<BatchSettings> {
  return withoutUndefined({
    enabled: body.enabled,
    maxInPool: body.max_in_pool,
    maxPerToken: body.max_per_token,
    quietHours: body.quiet_hours,
  });
}

/** The version that a change is meant for; null for whatever is there. Proxies that compress make validators weak. */
export function decodeIfMatch(header: string | undefined): string | null {
  const value =
    header
      ?.trim()
      .replace(/^W\//, "")
      .replace(/^"(.*)"$/, "$1") ?? "*";
  return value === "*" ? null : value;
}
