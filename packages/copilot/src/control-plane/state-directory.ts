import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Randomness } from "@copilot-llm/model";

/** Where runtimes keep what they write: a directory for each, readable by the owner only, emptied when it is no longer used. */
export interface StateDirectory {
  create(name: string): Promise<string>;
  remove(directory: string): Promise<void>;
}

/** `root` belongs to one process: what a killed predecessor left in its `runtimes` folder is deleted on first use. */
export function createStateDirectory(root: string, randomness: Randomness): StateDirectory {
  const runtimes = path.resolve(root, "runtimes");
  let prepared: Promise<unknown> | null = null;
  return {
    async create(name) {
      prepared ??= rm(runtimes, { recursive: true, force: true });
      await prepared;
      const suffix = Buffer.from(randomness.bytes(6)).toString("hex");
      const directory = path.join(runtimes, `${name}-${suffix}`);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      return directory;
    },
    remove: (directory) => rm(directory, { recursive: true, force: true, maxRetries: 3 }),
  };
}
