import { keyAllowanceExample } from "../keys/examples.js";
import type { SettingsView, UpdateSettingsBody } from "./schemas.js";

export const settingsView: SettingsView = {
  routing_strategy: "least_waste",
  model_aliases: { sonnet: "claude-sonnet-4.6" },
  model_fallbacks: { "claude-sonnet-4.6": ["gpt-5-mini"] },
  recording: null,
  recording_retention_days: null,
  legacy_key_enabled: false,
  viewers_see_prompts: true,
  holders_see_sessions: false,
  batches: { enabled: false, max_in_pool: 2, max_per_token: 1, quiet_hours: [], note: "Read GitHub's terms first." },
  key_defaults: keyAllowanceExample,
  start_settings: {
    recording: "full",
    recording_retention_days: 90,
    legacy_key: false,
    device_flow: true,
    variables: [{ name: "PORT", value: "8000", is_set: true }],
  },
  version: "5d41402abc4b2a76",
};

export const updateSettingsBody: UpdateSettingsBody = {
  routing_strategy: "least_waste",
  model_aliases: { sonnet: "claude-sonnet-4.6" },
};
