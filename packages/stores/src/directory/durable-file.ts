import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Replaces a file as a whole: whoever reads it, even after a power cut, sees the old content or the new. Mode 0600. */
export async function writeFileDurably(path: string, content: string | Uint8Array): Promise<void> {
  const temporaryPath = `${path}.tmp`;
  const file = await open(temporaryPath, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporaryPath, path);
  await syncDirectory(dirname(path));
}

/** Makes created, renamed and removed names in the directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
