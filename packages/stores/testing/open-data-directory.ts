import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GatewayError } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { markerFormat } from "../src/lowdb/data-directory.js";
import { invitesFormat } from "../src/lowdb/lowdb-invite-store.js";
import { keysFormat } from "../src/lowdb/lowdb-key-store.js";
import { quotaCyclesFormat } from "../src/lowdb/lowdb-quota-cycle-store.js";
import { settingsFormat } from "../src/lowdb/lowdb-settings-store.js";
import { teamsFormat } from "../src/lowdb/lowdb-team-store.js";
import { tokensFormat } from "../src/lowdb/lowdb-token-store.js";
import { usersFormat } from "../src/lowdb/lowdb-user-store.js";
import { currentVersion, type DocumentFormat } from "../src/lowdb/migrations/document-migration.js";
import { type LowdbStores, openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { filledFromMs } from "./fill-data-directory.js";
import { keptEncryptionKey } from "./kept-data-directories.js";
import { createRecordingLog, type RecordingLog } from "./recording-log.js";

/** Every document of a data directory, and the version in which it is written today. */
export const documentVersions: ReadonlyMap<string, number> = new Map(
  Object.entries<DocumentFormat<unknown>>({
    "directory.json": markerFormat,
    "tokens.json": tokensFormat,
    "keys.json": keysFormat,
    "users.json": usersFormat,
    "settings.json": settingsFormat,
    "quota-cycles.json": quotaCyclesFormat,
    "invites.json": invitesFormat,
    "teams.json": teamsFormat,
  }).map(([name, format]) => [name, currentVersion(format)]),
);

/** Opens a copy of a kept data directory, or a new one like them. */
export async function openDataDirectory(
  dataDir: string,
): Promise<{ readonly stores: LowdbStores; readonly log: RecordingLog }> {
  const log = createRecordingLog();
  const clock = createManualClock(filledFromMs);
  return { log, stores: await openLowdbStores({ dataDir, encryptionKey: keptEncryptionKey, clock, log }) };
}

/** The one line with which the opening is refused. */
export async function readRefusal(dataDir: string): Promise<string> {
  const error: unknown = await openDataDirectory(dataDir).then(
    () => null,
    (reason) => reason,
  );
  if (!(error instanceof GatewayError)) throw new Error("the stores opened", { cause: error });
  return error.message;
}

/** The text of each document, by its name. */
export async function readDocuments(dataDir: string): Promise<ReadonlyMap<string, string>> {
  const names = [...documentVersions.keys()];
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(dataDir, name), "utf8")] as const)),
  );
}

export function documentVersion(text: string): unknown {
  const document: { readonly version: unknown } = JSON.parse(text);
  return document.version;
}
