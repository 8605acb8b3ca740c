import { createWriteStream, existsSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GatewayError, type Log } from "@copilot-llm/model";
import { openLowdbStores } from "@copilot-llm/stores/lowdb";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { createProgress, encodeBytes } from "../progress.js";
import { countBytes } from "./count-bytes.js";
import { describeFileFailure } from "./describe-file-failure.js";

/** Writes the data directory of a stopped gateway into a new archive. */
export async function backUp(archive: string, context: CommandContext, log: Log): Promise<CommandResult> {
  const { dataDir, encryptionKey } = context.readSettings();
  requireDataDirectory(dataDir);
  const stores = await openLowdbStores({ dataDir, encryptionKey, clock: context.clock, log });
  const progress = createProgress(context, "Backing up", encodeBytes);
  try {
    const content = stores.backup({ withEncryptionKey: true });
    await writeNewFile(
      archive,
      countBytes(content, (bytes) => progress.show(bytes, null)),
    );
  } finally {
    progress.end();
    await stores.close();
  }
  return {
    text: `${dataDir} is backed up in ${archive}. The archive opens the GitHub tokens: keep it as safe as they are.`,
    json: {
      data_dir: dataDir,
      archive,
      bytes: (await stat(archive)).size,
      holds_encryption_key: encryptionKey === null,
    },
  };
}

/** A file of mode 0600 that was not there before; whatever fails, nothing half is left. */
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

/** Opening the stores would make a new directory of a mistyped one. */
export function requireDataDirectory(dataDir: string): void {
  if (existsSync(path.join(dataDir, "directory.json"))) return;
  throw new GatewayError("not_found", `${dataDir} is no data directory of a gateway.`);
}
