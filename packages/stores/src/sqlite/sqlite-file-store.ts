import { randomUUID } from "node:crypto";
import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { GatewayError } from "@copilot-llm/model";
import { decodeFileRow, type FileRow } from "../batches/stored-file.js";
import { readRange } from "../directory/read-range.js";
import { systemErrorCode } from "../failure/store-failure.js";
import type { FileStore } from "../interfaces/file-store.js";
import type { LedgerThreads } from "./ledger-threads.js";

const readAtOnce = 256 << 10;

/** Files as plain files, which are called by their positions in the database. */
export function createFileStore(
  threads: LedgerThreads,
  directory: string,
  requireHeld: () => Promise<void>,
): FileStore {
  async function find(id: string): Promise<FileRow> {
    const row = await threads.read("findFile", { id });
    if (row === null) throw createNotFound();
    return row;
  }

  return {
    async write(file, content) {
      await requireHeld();
      const temporaryName = `${randomUUID()}.tmp`;
      const path = join(directory, temporaryName);
      try {
        const stored = { ...file, bytes: await writeContent(path, content) };
        await threads.write("addFile", { file: stored, temporaryName });
        threads.scheduleFlush();
        return stored;
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined);
        throw systemErrorCode(error) === null
          ? error
          : new GatewayError("unavailable", "The file could not be written.", { cause: error });
      }
    },
    async find(id) {
      const row = await threads.read("findFile", { id });
      return row === null ? null : decodeFileRow(row);
    },
    async list(query) {
      return (await threads.read("listFiles", query)).map(decodeFileRow);
    },
    async *read(id, part) {
      const row = await find(id);
      const file = await open(join(directory, String(row.position)), "r").catch((error: unknown) => {
        throw systemErrorCode(error) === "ENOENT" ? createNotFound() : error;
      });
      try {
        yield* readContent(
          file,
          part?.offset ?? 0,
          Math.min(row.bytes, part === null ? row.bytes : part.offset + part.length),
        );
      } finally {
        await file.close();
      }
    },
    remove: (id) => threads.alone(() => threads.write("removeFile", { id })),
  };
}

/** On the medium when it resolves, apart from the name. */
async function writeContent(path: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    let bytes = 0;
    for await (const chunk of content) {
      await file.writeFile(chunk);
      bytes += chunk.length;
    }
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

async function* readContent(file: FileHandle, from: number, to: number): AsyncIterable<Uint8Array> {
  for (let offset = from; offset < to; ) {
    const chunk = await readRange(file, offset, Math.min(readAtOnce, to - offset));
    if (chunk.length === 0) return;
    yield chunk;
    offset += chunk.length;
  }
}

function createNotFound(): GatewayError {
  return new GatewayError("not_found", "There is no file with this id.");
}
