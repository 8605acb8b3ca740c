import type { GatewaySettings } from "../../env/gateway-settings.js";
import { listStartSettings } from "../../env/list-start-settings.js";
import type { StartSettings } from "./schemas.js";

/** What the admin API tells of the environment: what the console has to know, and the list for whoever runs the machine. */
export function encodeStartSettings(settings: GatewaySettings): StartSettings {
  return {
    recording: settings.recording,
    recording_retention_days: settings.recordingRetentionDays,
    legacy_key: settings.apiKey !== null,
    device_flow: settings.oauthClientId !== null,
    variables: listStartSettings(settings).map(({ name, value, isSet }) => ({ name, value, is_set: isSet })),
  };
}
