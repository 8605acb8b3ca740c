import type { Secret } from "@copilot-llm/model";
import { accountRules } from "./account-rules.js";
import type { GatewaySettings } from "./gateway-settings.js";
import { SettingError } from "./setting-error.js";

/** The first admin, as they could be made in the console too: with anything else nobody could sign in. */
export function parseFirstAdmin(username: string | null, password: Secret | null): GatewaySettings["firstAdmin"] {
  if (username === null && password === null) return null;
  if (username === null) throw new SettingError("ADMIN_USERNAME", null, "it must be set together with ADMIN_PASSWORD");
  if (password === null) throw new SettingError("ADMIN_PASSWORD", null, "it must be set together with ADMIN_USERNAME");
  const { maxUsernameLength, usernamePattern, usernameCharacters, minPasswordLength, maxPasswordLength } = accountRules;
  if (username.length > maxUsernameLength || !usernamePattern.test(username)) {
    throw new SettingError("ADMIN_USERNAME", username, `give ${usernameCharacters}, at most ${maxUsernameLength}`);
  }
  const { length } = password.reveal();
  if (length < minPasswordLength || length > maxPasswordLength) {
    throw new SettingError("ADMIN_PASSWORD", null, `give ${minPasswordLength} to ${maxPasswordLength} characters`);
  }
  return { username, password };
}
