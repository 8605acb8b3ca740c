import type { JsonObject } from "@copilot-llm/model";
import type { Note } from "./note.js";
import type { EnvironmentPlace, FileDirectory, FilePlace, OperatingSystem, SettingsLanguage } from "./place.js";
import { createSettings, type SettingsChange } from "./settings-change.js";
import { encodeSettings } from "./text/encode-settings.js";
import { encodeVariables } from "./text/encode-shell.js";

export interface FilePlaceInput {
  readonly id?: string;
  readonly title?: Note;
  readonly isAlternative?: boolean;
  readonly directory: FileDirectory;
  readonly names: readonly [string, ...string[]];
  readonly language: SettingsLanguage;
  readonly changes: readonly SettingsChange[];
  readonly holdsKey: boolean;
}

/** A settings file whose text follows from its changes. */
export function createFilePlace(input: FilePlaceInput): FilePlace {
  const { id = "settings", title = null, isAlternative = false, directory, names, language, changes } = input;
  const pathOn = (system: OperatingSystem): string =>
    `${directory.usual[system]}${system === "windows" ? "\\" : "/"}${names[0]}`;
  const paths = { macos: pathOn("macos"), linux: pathOn("linux"), windows: pathOn("windows") };
  const settings: JsonObject = createSettings(changes);
  const text = encodeSettings(settings, language);
  return {
    kind: "file",
    ...{ id, title, isAlternative, directory, names, paths, language, text, changes },
    holdsKey: input.holdsKey,
  };
}

/** A directory below the home directory, with the same name on every system. */
export function homeDirectory(name: string, variable: string | null = null): FileDirectory {
  const unix = `~/${name}`;
  return {
    variable,
    usual: { macos: unix, linux: unix, windows: `%USERPROFILE%\\${name.replaceAll("/", "\\")}` },
  };
}

/** Variables for the shell that starts the client. */
export function createEnvironmentPlace(
  variables: EnvironmentPlace["variables"],
  more: { readonly id?: string; readonly title?: Note; readonly isAlternative?: boolean } = {},
): EnvironmentPlace {
  const { id = "environment", title = null, isAlternative = false } = more;
  return { kind: "env", id, title, isAlternative, variables, text: encodeVariables(variables) };
}
