import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { RecordedBodies } from "@copilot-llm/model";
import { describeSystemError } from "../../failure/store-failure.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { LoggedLine } from "../thread/calls.js";
import { decodeBodyFrame } from "./body-frame.js";

/** Where a record's bodies lie, as its row says. */
export interface StoredBodies {
  readonly position: number;
  readonly body_file: number | null;
  readonly body_offset: number;
  readonly body_bytes: number;
}

const mostOpenFiles = 16;

/** Reads bodies. What is gone or not as it was written is told once per file. */
export class BodyReader {
  readonly #directory: string;
  readonly #log: (line: LoggedLine) => void;
  readonly #findName: SqlStatement;
  readonly #open = new Map<number, number>();
  readonly #told = new Set<number>();

  constructor(directory: string, database: SqlDatabase, log: (line: LoggedLine) => void) {
    this.#directory = directory;
    this.#log = log;
    this.#findName = database.prepare("SELECT name FROM body_files WHERE id = ?");
  }

  /** Null when the record has none, or they cannot be read. */
  read({ position, body_file: file, body_offset: offset, body_bytes: bytes }: StoredBodies): RecordedBodies | null {
    if (file === null) return null;
    try {
      const frame = decodeBodyFrame(this.#readRange(file, offset, bytes));
      if (frame?.position === position) return { request: frame.request, response: frame.response };
      this.#tell(file, "they are not as they were written");
    } catch (error) {
      this.#tell(file, describeSystemError(error));
    }
    return null;
  }

  close(): void {
    for (const descriptor of this.#open.values()) closeSync(descriptor);
    this.#open.clear();
  }

  #readRange(file: number, offset: number, bytes: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    const bytesRead = readSync(this.#descriptor(file), buffer, 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  }

  #descriptor(file: number): number {
    const known = this.#open.get(file);
    if (known !== undefined) return known;
    const name = this.#findName.get<{ name: string }>(file)?.name ?? "missing";
    const descriptor = openSync(join(this.#directory, name), "r");
    this.#open.set(file, descriptor);
    const [oldest] = this.#open;
    if (this.#open.size > mostOpenFiles && oldest !== undefined) {
      closeSync(oldest[1]);
      this.#open.delete(oldest[0]);
    }
    return descriptor;
  }

  #tell(file: number, reason: string): void {
    if (this.#told.has(file)) return;
    this.#told.add(file);
    this.#log({
      level: "error",
      message: `The bodies of a record, or more, cannot be read: ${reason}.`,
      fields: { file },
    });
  }
}
