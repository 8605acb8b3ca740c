import { createReadStream, existsSync } from "node:fs";
import { open, rmdir, stat } from "node:fs/promises";
import { GatewayError } from "@copilot-llm/model";
import { restoreLowdbBackup } from "@copilot-llm/stores/lowdb";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { createProgress, encodeBytes } from "../progress.js";
import { countBytes } from "./count-bytes.js";
import { describeFileFailure } from "./describe-file-failure.js";

const tarMark = "ustar";
const tarMarkOffset = 257;

/** Unpacks an archive into a directory that is empty or not there; `dataDir` null: that of the settings. */
export async function restore(
  archive: string,
  dataDir: string | null,
  context: CommandContext,
): Promise<CommandResult> {
  const target = dataDir ?? context.readSettings().dataDir;
  const input = createReadStream(archive);
  await new Promise<void>((resolve, reject) => {
    input.once("open", () => resolve());
    input.once("error", (error) => reject(describeFileFailure("read", archive, error)));
  });
  const isNew = !existsSync(target);
  const progress = createProgress(context, "Restoring", encodeBytes);
  try {
    await assertArchive(archive);
    const { size } = await stat(archive);
    await restoreLowdbBackup(
      countBytes(input, (bytes) => progress.show(bytes, size)),
      target,
    );
  } catch (error) {
    // As it was before, unless somebody has put something there.
    if (isNew) await rmdir(target).catch(() => undefined);
    throw error;
  } finally {
    progress.end();
    input.destroy();
  }
  return { text: `${archive} is restored into ${target}.`, json: { archive, data_dir: target } };
}

/** By the mark that every tar has in its first header: a file of another kind would be called damaged, or cut short. */
async function assertArchive(archive: string): Promise<void> {
  const file = await open(archive);
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(tarMark.length), position: tarMarkOffset });
    if (buffer.toString("latin1") === tarMark) return;
  } finally {
    await file.close();
  }
  throw new GatewayError("invalid_request", `${archive} is no backup archive: \`copilot-llm backup\` writes one.`);
}
