import { type FileHandle, open, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { systemErrorCode } from "../failure/store-failure.js";
import type { LedgerThreads } from "./ledger-threads.js";
import { listFiles } from "./list-files.js";

/** The ledger as of one moment, as open files. To be closed. */
export interface LedgerCopy {
  readonly files: readonly CopiedFile[];
  close(): Promise<void>;
}

export interface CopiedFile {
  /** Relative to the data directory, with forward slashes. */
  readonly name: string;
  readonly file: FileHandle;
  /** What comes behind was written later. */
  readonly bytes: number;
}

export interface CopyOptions {
  readonly threads: LedgerThreads;
  readonly databasePath: string;
  readonly bodiesDirectory: string;
  readonly filesDirectory: string;
}

/** Removes what a process that was killed left of a copy. */
export async function removeUnfinishedCopy(databasePath: string): Promise<void> {
  await rm(copyPathOf(databasePath), { force: true });
}

function copyPathOf(databasePath: string): string {
  return `${databasePath}.copy.tmp`;
}

/** The database is copied first: the files of bodies hold at least what it speaks of, and nothing is removed meanwhile. */
export function takeCopy({ threads, databasePath, bodiesDirectory, filesDirectory }: CopyOptions): Promise<LedgerCopy> {
  return threads.alone(async () => {
    const files: CopiedFile[] = [];
    const close = async () => {
      for (const { file } of files) await file.close();
    };
    const add = async (path: string, name: string) => {
      const file = await open(path, "r").catch((error: unknown) => {
        if (systemErrorCode(error) === "ENOENT") return null;
        throw error;
      });
      if (file !== null) files.push({ name, file, bytes: (await file.stat()).size });
    };
    const copyPath = copyPathOf(databasePath);
    // Before anything is made: what is refused here leaves alone what lies there, which may be another process's.
    await threads.flush();
    try {
      // For its owner alone; SQLite would make it for everybody.
      await (await open(copyPath, "w", 0o600)).close();
      await threads.read("copyDatabase", { path: copyPath });
      await add(copyPath, basename(databasePath));
      for (const name of await threads.read("bodyFileNames", null)) {
        await add(join(bodiesDirectory, name), `${basename(bodiesDirectory)}/${name}`);
      }
      for await (const { position } of listFiles(threads)) {
        await add(join(filesDirectory, String(position)), `${basename(filesDirectory)}/${position}`);
      }
      return { files, close };
    } catch (error) {
      await close();
      throw error;
    } finally {
      // It is read through the open file.
      await removeUnfinishedCopy(databasePath);
    }
  });
}
