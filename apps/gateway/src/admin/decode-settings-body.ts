import type { SettingsChanges } from "@copilot-llm/provider";
import type { UpdateSettingsBody } from "../admin-api/index.js";
import { decodeAllowance } from "./decode-key-body.js";
import { withoutUndefined } from "./without-undefined.js";

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
  });
}
