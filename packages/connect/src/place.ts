import type { Note } from "./note.js";
import type { SettingsChange } from "./settings-change.js";

export const operatingSystems = ["macos", "linux", "windows"] as const;

export type OperatingSystem = (typeof operatingSystems)[number];

/** A text for each kind of shell: POSIX (`unix`: macOS, Linux, WSL) and PowerShell (`windows`). */
export interface ShellTexts {
  readonly unix: string;
  readonly windows: string;
}

export type SettingsLanguage = "json" | "toml" | "yaml" | "dotenv";

/** Something that a person does in one place. The places of a connection are done in order; an alternative replaces the others. */
export type Place = FilePlace | EnvironmentPlace | CommandPlace | CodePlace | FormPlace;

interface PlaceCommon {
  /** Unique within the connection. */
  readonly id: string;
  /** Why this place, where it does not go without saying. */
  readonly title: Note | null;
  readonly isAlternative: boolean;
}

/** A file of settings that the client reads, and what to change in it. */
export interface FilePlace extends PlaceCommon {
  readonly kind: "file";
  readonly directory: FileDirectory;
  /** Names that the client reads there. The first that exists is meant; else the first is made. */
  readonly names: readonly string[];
  /** The first of them as people write it. */
  readonly paths: Readonly<Record<OperatingSystem, string>>;
  readonly language: SettingsLanguage;
  /** The whole file where there was none; what `mergeSettings` makes of an empty one. */
  readonly text: string;
  readonly changes: readonly SettingsChange[];
  /** The file then holds the key, so nobody else should be able to read it. */
  readonly holdsKey: boolean;
}

/** Where the files of a client lie. */
export interface FileDirectory {
  /** The client's own variable for it, which wins over the usual place. */
  readonly variable: string | null;
  /** The usual place; begins with `~`, `%USERPROFILE%` or `%APPDATA%`. */
  readonly usual: Readonly<Record<OperatingSystem, string>>;
}

/** Variables that must be set where the client starts. */
export interface EnvironmentPlace extends PlaceCommon {
  readonly kind: "env";
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly text: ShellTexts;
}

/** Commands to run once. */
export interface CommandPlace extends PlaceCommon {
  readonly kind: "command";
  readonly text: ShellTexts;
}

/** A program that uses the gateway. */
export interface CodePlace extends PlaceCommon {
  readonly kind: "code";
  readonly language: "python" | "typescript";
  /** What installs the libraries that it imports. */
  readonly install: string;
  readonly text: string;
}

/** Fields to fill in, in a program's own settings window. */
export interface FormPlace extends PlaceCommon {
  readonly kind: "form";
  /** The way to the window, in the program's own words. */
  readonly location: string;
  /** Labels are the program's own words. */
  readonly fields: readonly (readonly [label: string, value: string])[];
}
