import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isObject, type SettingsChange } from "../settings-change.js";
import { unreadable } from "./unreadable.js";

/** Throws when the way to the change's path leads over something that is no object: replacing it would lose what the user wrote. */
export function assertPathIsFree(settings: JsonObject, { path, kind }: SettingsChange): void {
  let current: JsonValue | undefined = settings;
  for (const [index, name] of path.slice(0, -1).entries()) {
    current = isObject(current) ? current[name] : undefined;
    if (current === undefined) return;
    if (!isObject(current)) throw unreadable(`\`${path.slice(0, index + 1).join(".")}\` is no group of settings`);
  }
  const last = isObject(current) ? current[path.at(-1) ?? ""] : undefined;
  if (kind === "put" && last !== undefined && last !== null && !Array.isArray(last)) {
    throw unreadable(`\`${path.join(".")}\` is no list`);
  }
}
