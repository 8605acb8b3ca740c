import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Clock, GatewayError, type Log } from "@copilot-llm/model";
import { importDataDirectory } from "@copilot-llm/stores/import";
import { openLowdbStores, restoreLowdbBackup } from "@copilot-llm/stores/lowdb";
import type { GatewaySettings } from "../env/gateway-settings.js";
import { SettingError } from "../env/setting-error.js";
import type { MaintenanceCommand } from "./parse-arguments.js";

export interface MaintenanceOptions {
  readonly settings: GatewaySettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Does what the command says and resolves with one line for the operator. Refusals are one line, too. */
export function runMaintenance(command: MaintenanceCommand, options: MaintenanceOptions): Promise<string> {
  switch (command.name) {
    case "backup":
      return backUp(command.archive, options);
    case "restore":
      return restore(command.archive, command.dataDir ?? options.settings.dataDir);
    case "import":
      return importInto(command.dataDir, options);
  }
}

async function backUp(archive: string, { settings, clock, log }: MaintenanceOptions): Promise<string> {
  const { dataDir, encryptionKey } = settings;
  requireDataDirectory(dataDir);
  const stores = await openLowdbStores({ dataDir, encryptionKey, clock, log });
  try {
    await writeNewFile(archive, stores.backup({ withEncryptionKey: true }));
  } finally {
    await stores.close();
  }
  return `${dataDir} is backed up in ${archive}. The archive opens the GitHub tokens: keep it as safe as they are.`;
}

async function writeNewFile(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const output = createWriteStream(file, { flags: "wx", mode: 0o600, flush: true });
  let isOurs = false;
  output.once("open", () => {
    isOurs = true;
  });
  try {
    await pipeline(Readable.from(content), output);
  } catch (error) {
    if (isOurs) await rm(file, { force: true });
    throw describeFileFailure("written", file, error);
  }
}

async function restore(archive: string, dataDir: string): Promise<string> {
  const input = createReadStream(archive);
  await new Promise<void>((resolve, reject) => {
    input.once("open", () => resolve());
    input.once("error", (error) => reject(describeFileFailure("read", archive, error)));
  });
  try {
    await restoreLowdbBackup(input, dataDir);
  } finally {
    input.destroy();
  }
  return `${archive} is restored into ${dataDir}.`;
}

async function importInto(dataDir: string, { settings, clock, log }: MaintenanceOptions): Promise<string> {
  const { databaseUrl, encryptionKey } = settings;
  if (databaseUrl === null || encryptionKey === null) {
    throw new SettingError("DATABASE_URL", null, "import needs postgres://user:password@host:port/database");
  }
  requireDataDirectory(dataDir);
  // A key that was generated lies in the directory; else the directory's gateway had the one of the settings.
  const isKeyInside = existsSync(path.join(dataDir, "encryption.key"));
  const source = await openLowdbStores({ dataDir, encryptionKey: isKeyInside ? null : encryptionKey, clock, log });
  try {
    const summary = await importDataDirectory({ source, databaseUrl, encryptionKey, clock, log });
    const { tokens, keys, users, records } = summary;
    return `${dataDir} is imported (tokens: ${tokens}, keys: ${keys}, users: ${users}, records: ${records}).`;
  } finally {
    await source.close();
  }
}

/** Opening the stores would make a new directory of a mistyped one. */
function requireDataDirectory(dataDir: string): void {
  if (existsSync(path.join(dataDir, "directory.json"))) return;
  throw new GatewayError("not_found", `${dataDir} is no data directory of a gateway.`);
}

function describeFileFailure(done: string, file: string, error: unknown): unknown {
  if (!(error instanceof Error && "syscall" in error)) return error;
  return new GatewayError("unavailable", `${file} cannot be ${done}: ${error.message}.`, { cause: error });
}
