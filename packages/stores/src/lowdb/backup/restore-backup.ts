import { type FileHandle, mkdir, open, readdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { syncDirectory } from "../../directory/durable-file.js";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../../failure/store-failure.js";
import { decodeTarHeader, tarBlockBytes, tarPadding } from "./tar-header.js";

/**
 * Unpacks a backup into a directory that is empty or not there yet; opening the stores then checks what it holds.
 * Refuses with one line for the operator. A backup without the encryption key needs the key put beside it.
 */
export async function restoreLowdbBackup(archive: AsyncIterable<Uint8Array>, dataDir: string): Promise<void> {
  const path = resolve(dataDir);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if ((await readdir(path)).length > 0)
      throw createStoreFailure(`${path} is not empty: restore into a new directory.`);
    await unpack(new ArchiveReader(archive), path).catch(async (error: unknown) => {
      // Half a backup must not be mistaken for a whole one.
      for (const name of await readdir(path)) await rm(join(path, name), { recursive: true });
      throw error;
    });
    await syncDirectory(path);
  } catch (error) {
    if (systemErrorCode(error) === null) throw error;
    throw createStoreFailure(`Cannot restore into ${path}: ${describeSystemError(error)}.`, error);
  }
}

async function unpack(reader: ArchiveReader, root: string): Promise<void> {
  for (;;) {
    const header = await reader.take(tarBlockBytes);
    const entry = decodeHeader(header);
    if (entry === null) return;
    const path = join(root, entry.name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, "wx", 0o600);
    try {
      await copy(reader, file, entry.bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await reader.take(tarPadding(entry.bytes));
  }
}

function decodeHeader(header: Buffer) {
  try {
    const entry = decodeTarHeader(header);
    if (entry === null || /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/.test(entry.name)) return entry;
    throw new Error(`a file may not be called ${JSON.stringify(entry.name)}`);
  } catch (error) {
    throw createStoreFailure(
      `The backup cannot be read: ${error instanceof Error ? error.message : "unknown"}.`,
      error,
    );
  }
}

async function copy(reader: ArchiveReader, file: FileHandle, bytes: number): Promise<void> {
  for (let rest = bytes; rest > 0; ) {
    const chunk = await reader.takeUpTo(rest);
    await file.write(chunk);
    rest -= chunk.length;
  }
}

/** Reads an archive in portions of any size. */
class ArchiveReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(archive: AsyncIterable<Uint8Array>) {
    this.#chunks = archive[Symbol.asyncIterator]();
  }

  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let rest = bytes; rest > 0; rest -= parts.at(-1)?.length ?? 0) parts.push(await this.takeUpTo(rest));
    return Buffer.concat(parts);
  }

  async takeUpTo(bytes: number): Promise<Buffer> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) throw createStoreFailure("The backup is cut short.");
      this.#chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const taken = this.#chunk.subarray(0, bytes);
    this.#chunk = this.#chunk.subarray(taken.length);
    return taken;
  }
}
