import type { FilePlace, OperatingSystem } from "./place.js";

/** What of the machine decides where a client's file lies. */
export interface PathsInput {
  readonly system: OperatingSystem;
  /** The user's home directory. */
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The paths at which the client looks for the file, in its order. */
export function resolvePaths({ directory, names }: FilePlace, input: PathsInput): readonly string[] {
  const separator = input.system === "windows" ? "\\" : "/";
  const own = directory.variable === null ? undefined : input.environment[directory.variable];
  const folder = own === undefined || own === "" ? expand(directory.usual[input.system], input) : own;
  return names.map((name) => (folder === "." ? name : `${folder}${separator}${name}`));
}

function expand(usual: string, { home, environment }: PathsInput): string {
  return usual
    .replace(/^~(?=\/)/, () => home)
    .replace(/^%USERPROFILE%/, () => home)
    .replace(/^%APPDATA%/, () => environment.APPDATA ?? `${home}\\AppData\\Roaming`);
}
