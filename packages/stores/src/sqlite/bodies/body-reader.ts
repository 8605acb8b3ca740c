import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { RecordedBodies } from "@copilot-llm/model";
import { describeSystemError } from "../../failure/store-failure.js";
import type { LoggedLine } from "../calls/calls.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { decodeBodyFrame } from "./body-frame.js";
import { BlockTable, readBlock } from "./packed-reader.js";

/** Where a record's bodies lie, as its row says. */
export interface StoredBodies {
  readonly position: number;
  readonly body_file: number | null;
  readonly body_offset: number;
  readonly body_bytes: number;
}

interface OpenFile {
  readonly descriptor: number;
  readonly isPacked: boolean;
}

const mostOpenFiles = 16;
/** Of about a megabyte each. */
const mostBlocks = 8;

/** Reads bodies. What is gone or not as it was written is told once per file. */
export class BodyReader {
  readonly #directory: string;
  readonly #log: (line: LoggedLine) => void;
  readonly #findFile: SqlStatement;
  readonly #findPlace: SqlStatement;
  readonly #table: BlockTable;
  readonly #files = new Map<number, OpenFile>();
  /** By file and where each begins in it. */
  readonly #blocks = new Map<string, Buffer>();
  readonly #told = new Set<number>();

  constructor(directory: string, database: SqlDatabase, log: (line: LoggedLine) => void) {
    this.#directory = directory;
    this.#log = log;
    this.#findFile = database.prepare("SELECT name, packed_from FROM body_files WHERE id = ?");
    this.#findPlace = database.prepare(
      "SELECT position, body_file, body_offset, body_bytes FROM records WHERE position = ?",
    );
    this.#table = new BlockTable(database);
  }

  /** Null when the record has none, or they cannot be read. */
  read(stored: StoredBodies): RecordedBodies | null {
    if (stored.body_file === null) return null;
    const found = this.#tryRead(stored);
    if (typeof found === "object") return found;
    // They may have been packed, or removed, since the row was read.
    const now = this.#findPlace.get<StoredBodies>(stored.position);
    if (now === undefined) return null;
    if (now.body_file !== stored.body_file) return this.read(now);
    this.#tell(stored.body_file, found);
    return null;
  }

  /** Why not, where they cannot be read. */
  #tryRead({
    position,
    body_file: file,
    body_offset: offset,
    body_bytes: bytes,
  }: StoredBodies): RecordedBodies | string {
    try {
      const frame = decodeBodyFrame(this.#readFrame(file ?? 0, offset, bytes));
      if (frame?.position === position) return { request: frame.request, response: frame.response };
      return "they are not as they were written";
    } catch (error) {
      return describeSystemError(error);
    }
  }

  close(): void {
    for (const { descriptor } of this.#files.values()) closeSync(descriptor);
    this.#files.clear();
  }

  #readFrame(fileId: number, offset: number, bytes: number): Buffer {
    const file = this.#open(fileId);
    const frame = Buffer.allocUnsafeSlow(bytes);
    if (!file.isPacked) return frame.subarray(0, readSync(file.descriptor, frame, 0, bytes, offset));
    const { firstOffset, frames } = this.#readBlock(fileId, file.descriptor, offset);
    frames.copy(frame, 0, offset - firstOffset, offset - firstOffset + bytes);
    return frame;
  }

  #readBlock(fileId: number, descriptor: number, offset: number) {
    const block = this.#table.find(fileId, offset);
    if (block === null) throw new Error("bodies lie in no block");
    const name = `${fileId} ${block.file_offset}`;
    const known = this.#blocks.get(name);
    const frames = known ?? readBlock(descriptor, block);
    this.#blocks.delete(name);
    this.#blocks.set(name, frames);
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > mostBlocks && oldest !== undefined) this.#blocks.delete(oldest);
    return { firstOffset: block.first_offset, frames };
  }

  #open(fileId: number): OpenFile {
    const known = this.#files.get(fileId);
    if (known !== undefined) return known;
    const found = this.#findFile.get<{ name: string; packed_from: number | null }>(fileId);
    const descriptor = openSync(join(this.#directory, found?.name ?? "missing"), "r");
    const file = { descriptor, isPacked: found?.packed_from != null };
    this.#files.set(fileId, file);
    const [oldest] = this.#files;
    if (this.#files.size > mostOpenFiles && oldest !== undefined) {
      closeSync(oldest[1].descriptor);
      this.#files.delete(oldest[0]);
    }
    return file;
  }

  #tell(file: number, reason: string): void {
    if (this.#told.has(file)) return;
    this.#told.add(file);
    const message = `The bodies of a record, or more, cannot be read: ${reason}.`;
    this.#log({ level: "error", message, fields: { file } });
  }
}
