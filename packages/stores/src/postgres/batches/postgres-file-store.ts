import { dayMs, GatewayError, type StoredFile } from "@copilot-llm/model";
import { decodeFileRow, type FileRow } from "../../batches/stored-file.js";
import type { FileStore } from "../../interfaces/file-store.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { DatabaseAccess } from "../connection/database.js";
import { createSqlClient, type SqlClient } from "../connection/sql-client.js";
import { mapTaken } from "../map-taken.js";
import { positionOf, readPage } from "./read-batches.js";

/** Of every piece but the last. */
const chunkBytes = 256 << 10;
/** What is not whole after such a time was given up. */
const longestWriteMs = dayMs;

/** Files in pieces. One is there as soon as its length is known; pieces come before that, each on its own. */
export function createFileStore(database: DatabaseAccess): FileStore {
  const read = <Result>(work: (client: SqlClient) => Promise<Result>) =>
    database.read((tables) => work(createSqlClient(tables)));
  const change = <Result>(work: (client: SqlClient) => Promise<Result>) =>
    database.change((tables) => work(createSqlClient(tables)));

  async function find(id: string): Promise<FileRow | null> {
    const { rows } = await read((client) =>
      client.query<FileRow>("SELECT * FROM files WHERE id = $1 AND bytes IS NOT NULL", [id]),
    );
    return rows[0] ?? null;
  }

  async function writeContent(position: number, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    let bytes = 0;
    let chunks = 0;
    for await (const chunk of inChunks(content)) {
      await change((client) =>
        client.query("INSERT INTO file_chunks (file, chunk, content) VALUES ($1, $2, $3)", [position, chunks, chunk]),
      );
      bytes += chunk.length;
      chunks += 1;
    }
    return bytes;
  }

  return {
    async write(file, content) {
      const stored = { ...file, name: storableText(file.name) };
      const position = await mapTaken({ files_id: "There is a file with this id already." }, () =>
        change((client) => insertFile(client, stored)),
      );
      try {
        const bytes = await writeContent(position, content);
        await change((client) => client.query("UPDATE files SET bytes = $2 WHERE position = $1", [position, bytes]));
        return { ...stored, bytes };
      } catch (error) {
        await change((client) => removeFiles(client, "position = $1", [position])).catch(() => undefined);
        throw error;
      }
    },
    async find(id) {
      const row = await find(id);
      return row && decodeFileRow(row);
    },
    async list({ ownerId, purpose, afterId, limit, order }) {
      const rows = await read(async (client) =>
        readPage<FileRow>(client, {
          select: "* FROM files",
          condition: "owner_id = $1 AND ($2::text IS NULL OR purpose = $2) AND bytes IS NOT NULL",
          values: [ownerId, purpose ?? null],
          from: await positionOf(client, "files", afterId),
          isDescending: order === "desc",
          limit,
        }),
      );
      return rows.map(decodeFileRow);
    },
    async *read(id, part) {
      const file = await find(id);
      if (file === null) throw createNotFound();
      const end = part === null ? file.bytes : Math.min(file.bytes, part.offset + part.length);
      for (let offset = part?.offset ?? 0; offset < end; ) {
        const chunk = Math.floor(offset / chunkBytes);
        const from = offset - chunk * chunkBytes;
        const { rows } = await read((client) =>
          client.query<{ content: Buffer }>(
            "SELECT substring(content FROM $3 FOR $4) AS content FROM file_chunks WHERE file = $1 AND chunk = $2",
            [file.position, chunk, from + 1, Math.min(chunkBytes - from, end - offset)],
          ),
        );
        const content = rows[0]?.content;
        if (content === undefined || content.length === 0) throw createNotFound();
        yield content;
        offset += content.length;
      }
    },
    remove: (id) => change((client) => removeFiles(client, "id = $1 AND bytes IS NOT NULL", [id])),
  };
}

/** Where it is internal. */
export async function removeInternalFile(client: SqlClient, id: string): Promise<void> {
  await removeFiles(client, "id = $1 AND purpose = 'batch_internal'", [id]);
}

/** Those that no batch needs which has not ended. */
export async function removeExpiredFiles(client: SqlClient, nowMs: number): Promise<void> {
  await removeFiles(
    client,
    `(expires_at_ms <= $1 OR bytes IS NULL AND created_at_ms <= $2)
       AND NOT EXISTS (SELECT 1 FROM batches WHERE file_id = files.id AND ended_at_ms IS NULL)`,
    [nowMs, nowMs - longestWriteMs],
  );
}

async function insertFile(client: SqlClient, file: Omit<StoredFile, "bytes">): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    `INSERT INTO files (id, owner_id, name, purpose, created_at_ms, expires_at_ms) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING position`,
    [file.id, file.ownerId, file.name, file.purpose, file.createdAtMs, file.expiresAtMs],
  );
  return rows[0]?.position ?? 0;
}

/** Whether there were any. */
async function removeFiles(client: SqlClient, condition: string, values: unknown[]): Promise<boolean> {
  const { rows } = await client.query<{ position: number }>(
    `DELETE FROM files WHERE ${condition} RETURNING position`,
    values,
  );
  await client.query("DELETE FROM file_chunks WHERE file = ANY($1)", [rows.map(({ position }) => position)]);
  return rows.length > 0;
}

/** The same bytes in pieces of one size. */
async function* inChunks(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncIterable<Buffer> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content) {
    let rest = part;
    while (bytes + rest.length >= chunkBytes) {
      const taken = rest.subarray(0, chunkBytes - bytes);
      yield Buffer.concat([...parts, taken]);
      rest = rest.subarray(taken.length);
      parts = [];
      bytes = 0;
    }
    if (rest.length > 0) parts.push(Uint8Array.from(rest));
    bytes += rest.length;
  }
  if (bytes > 0) yield Buffer.concat(parts);
}

function createNotFound(): GatewayError {
  return new GatewayError("not_found", "There is no file with this id.");
}
