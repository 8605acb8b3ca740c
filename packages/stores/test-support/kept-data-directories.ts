import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { Secret } from "@copilot-llm/model";
import { restoreLowdbBackup } from "../src/lowdb/backup/restore-backup.js";
import type { Abilities } from "./fill-data-directory.js";
import { createTemporaryDirectory } from "./temporary-directory.js";

export interface KeptDataDirectory {
  readonly name: string;
  /** What the software that wrote it knew. */
  readonly abilities: Abilities;
}

const none = { manySettings: false, sessions: false };
const all = { manySettings: true, sessions: true };

/** Each was filled by `write-data-directory.ts` with the software of its time. Version 1 had several forms. */
export const keptDataDirectories: readonly KeptDataDirectory[] = [
  { name: "v1-first", abilities: none },
  { name: "v1-statistics", abilities: none },
  { name: "v1-sessions", abilities: all },
  { name: "v1-last", abilities: all },
  { name: "v2", abilities: all },
  { name: "v3", abilities: all },
  { name: "v4", abilities: all },
];

/** With which the tokens in them are encrypted. */
export const keptEncryptionKey = new Secret("5e".repeat(32));

/** A copy that goes when the test ends. */
export async function unpackDataDirectory({ name }: KeptDataDirectory): Promise<string> {
  const dataDir = join(await createTemporaryDirectory(), "data");
  const archive = join(import.meta.dirname, "data-directories", `${name}.tar.gz`);
  await restoreLowdbBackup(createReadStream(archive).pipe(createGunzip()), dataDir);
  return dataDir;
}
