import { type FileHandle, readFile } from "node:fs/promises";
import { relative } from "node:path";
import { readRange } from "../../directory/read-range.js";
import { systemErrorCode } from "../../failure/store-failure.js";
import type { LedgerCopy } from "../../sqlite/index.js";
import type { ChangeTrail } from "../change-trail.js";
import type { DataDirectory } from "../data-directory.js";
import { encodeTarHeader, tarEnd, tarPadding } from "./tar-header.js";

const chunkBytes = 1 << 20;

export interface BackupOptions {
  readonly directory: DataDirectory;
  readonly trail: Pick<ChangeTrail, "hold">;
  readonly takeCopy: () => Promise<LedgerCopy>;
  readonly extraFiles: readonly string[];
}

/** The directory as a tar archive, as of one moment, while it is in use. */
export async function* createBackup(options: BackupOptions): AsyncIterable<Uint8Array> {
  const { documents, copy } = await take(options);
  try {
    for (const [path, content] of documents) {
      yield encodeTarHeader({ name: relative(options.directory.path, path), bytes: content.length });
      yield content;
      yield new Uint8Array(tarPadding(content.length));
    }
    for (const { name, file, bytes } of copy.files) yield* archive(name, file, bytes);
    yield tarEnd;
  } finally {
    await copy.close();
  }
}

/** What the trail lacks of the changes is with these, in the documents. */
async function take({ directory, trail, takeCopy, extraFiles }: BackupOptions) {
  const { tokens, keys, users, settings, quotaCycles, invites, teams, marker } = directory;
  const letGo = trail.hold();
  try {
    const copy = await takeCopy();
    return {
      copy,
      documents: await readAll([tokens, keys, users, settings, quotaCycles, invites, teams, marker, ...extraFiles]),
    };
  } finally {
    letGo();
  }
}

async function* archive(name: string, file: FileHandle, bytes: number): AsyncIterable<Uint8Array> {
  yield encodeTarHeader({ name, bytes });
  for (let offset = 0; offset < bytes; offset += chunkBytes) {
    yield await readRange(file, offset, Math.min(chunkBytes, bytes - offset));
  }
  yield new Uint8Array(tarPadding(bytes));
}

async function readAll(paths: readonly string[]): Promise<(readonly [string, Buffer])[]> {
  const files: (readonly [string, Buffer])[] = [];
  for (const path of paths) {
    const content = await readFile(path).catch((error: unknown) => {
      if (systemErrorCode(error) === "ENOENT") return null;
      throw error;
    });
    if (content !== null) files.push([path, content]);
  }
  return files;
}
