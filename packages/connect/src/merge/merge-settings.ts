import type { FilePlace } from "../place.js";
import { mergeDotenv } from "./merge-dotenv.js";
import { mergeJson } from "./merge-json.js";
import { mergeToml } from "./merge-toml.js";
import { mergeYaml } from "./merge-yaml.js";

/** What of a place says how its file changes. */
export type MergedFile = Pick<FilePlace, "language" | "changes" | "text">;

/**
 * The file's new text. Every other entry stays, as do comments. A file that has the entries already stays as it is, to the byte.
 * Throws a GatewayError when the text is not what its client could read, or when something else stands where our entries go.
 */
export function mergeSettings(existing: string, { language, changes, text }: MergedFile): string {
  if (existing.trim() === "") return text;
  switch (language) {
    case "json":
      return mergeJson(existing, changes);
    case "toml":
      return mergeToml(existing, changes);
    case "yaml":
      return mergeYaml(existing, changes);
    case "dotenv":
      return mergeDotenv(existing, changes);
  }
}
