import type { JsonObject } from "@copilot-llm/model";
import type { SettingsLanguage } from "../place.js";
import { encodeDotenv } from "./encode-dotenv.js";
import { encodeToml } from "./encode-toml.js";
import { encodeYaml } from "./encode-yaml.js";

/** A whole new file that holds just these settings. */
export function encodeSettings(settings: JsonObject, language: SettingsLanguage): string {
  switch (language) {
    case "json":
      return `${JSON.stringify(settings, null, 2)}\n`;
    case "toml":
      return encodeToml(settings);
    case "yaml":
      return encodeYaml(settings);
    case "dotenv":
      return encodeDotenv(settings);
  }
}
