import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemErrorCode } from "../failure/store-failure.js";

/**
 * Makes the directory and those above it (0700) unless they are there. Node's own recursive `mkdir` takes a read-only
 * file system for a missing path, and never ends where nothing can be made (in /proc).
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = systemErrorCode(error);
    const isMissingParent = code === "ENOENT" && dirname(path) !== path;
    if (isMissingParent) {
      await makeDirectory(dirname(path));
      await mkdir(path, { mode: 0o700 });
      return;
    }
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}
