import type { Settings } from "@copilot-llm/model";
import { settingsVersion } from "@copilot-llm/provider";
import { encodeAllowance } from "../keys/encode.js";
import type { SettingsView, StartSettings } from "./schemas.js";

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
    start_settings: startSettings,
    version: settingsVersion(settings),
  };
}
