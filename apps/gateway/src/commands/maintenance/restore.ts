import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { restoreLowdbBackup } from "@copilot-llm/stores/lowdb";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { createProgress, encodeBytes } from "../progress.js";
import { countBytes } from "./count-bytes.js";
import { describeFileFailure } from "./describe-file-failure.js";

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
  const progress = createProgress(context, "Restoring", encodeBytes);
  try {
    const { size } = await stat(archive);
    await restoreLowdbBackup(
      countBytes(input, (bytes) => progress.show(bytes, size)),
      target,
    );
  } finally {
    progress.end();
    input.destroy();
  }
  return { text: `${archive} is restored into ${target}.`, json: { archive, data_dir: target } };
}
