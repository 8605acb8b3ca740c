import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { SettingError } from "./setting-error.js";

/** A file that must be readable now: what needs it would fail in the midst of the start. Throws a `SettingError`. */
export function parseReadableFile(name: string, file: string | null): string | null {
  if (file === null) return null;
  try {
    readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new SettingError(name, file, `give a file that can be read (${code ?? message})`);
  }
  return file;
}

/** The directory of a built console. Whoever names one wants it served. Throws a `SettingError`. */
export function parseConsoleDir(name: string, directory: string | null): string | null {
  if (directory === null || existsSync(path.join(directory, "index.html"))) return directory;
  throw new SettingError(name, directory, "give a directory that holds a built console, with its index.html");
}
