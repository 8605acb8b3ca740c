import type { SettingsChange } from "../settings-change.js";
import { encodeDotenvLine } from "../text/encode-dotenv.js";

/** Changes the lines of the variables that change, and adds those that are missing at the end. */
export function mergeDotenv(existing: string, changes: readonly SettingsChange[]): string {
  return changes.reduce(changeDotenv, existing);
}

function changeDotenv(text: string, change: SettingsChange): string {
  if (change.kind === "put") return text;
  const [name = ""] = change.path;
  const line = encodeDotenvLine(name, String(change.value));
  const assignment = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${name}[ \\t]*=.*$`, "gm");
  const lines = text.match(assignment);
  if (lines === null) return `${text.replace(/(?<=[^\n])$/, "\n")}${line}\n`;
  // The last one wins where a variable stands twice.
  return change.kind === "default" || lines.at(-1)?.trim() === line ? text : text.replaceAll(assignment, () => line);
}
