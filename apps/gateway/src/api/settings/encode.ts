import type { BatchSettings, Settings } from "@copilot-llm/model";
import { settingsVersion } from "@copilot-llm/provider";
import { encodeAllowance } from "../keys/encode.js";
import type { SettingsView, StartSettings } from "./schemas.js";

/** docs/quota.md#batches-and-githubs-terms */
const batchNote =
  "GitHub's terms forbid excessive automated bulk activity, and GitHub may restrict or suspend accounts for it. Batches are just " +
  "that kind of use, by accounts whose holders may not know of it. Turn them on only where your agreement with GitHub and the " +
  "holders of the seats allow it, and keep the pace low.";

export function encodeSettings(settings: Settings, startSettings: StartSettings): SettingsView {
  return {
    routing_strategy: settings.routingStrategy,
    model_aliases: settings.modelAliases,
    model_fallbacks: Object.fromEntries(
      Object.entries(settings.modelFallbacks).map(([model, chain]) => [model, [...chain]]),
    ),
    key_defaults: encodeAllowance(settings.keyDefaults),
    recording: settings.recording,
    recording_retention_days: settings.recordingRetentionDays,
    legacy_key_enabled: settings.legacyKeyEnabled,
    viewers_see_prompts: settings.viewersSeePrompts,
    holders_see_sessions: settings.holdersSeeSessions,
    batches: encodeBatchSettings(settings.batches),
    start_settings: startSettings,
    version: settingsVersion(settings),
  };
}

function encodeBatchSettings({ enabled, maxInPool, maxPerToken, quietHours }: BatchSettings): SettingsView["batches"] {
  return {
    enabled,
    max_in_pool: maxInPool,
    max_per_token: maxPerToken,
    quiet_hours: [...quietHours],
    note: batchNote,
  };
}
