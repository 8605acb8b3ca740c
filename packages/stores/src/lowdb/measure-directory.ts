import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { StoreSize } from "../interfaces/store-size.js";
import type { DataDirectory } from "./data-directory.js";

/** What the files of a data directory come to. One that goes meanwhile counts for nothing. */
export async function measureDirectory({ path, bodies }: Pick<DataDirectory, "path" | "bodies">): Promise<StoreSize> {
  const [bytes, recordingBytes] = await Promise.all([sumFiles(path), sumFiles(bodies)]);
  return { bytes, recordingBytes };
}

async function sumFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
