import type { RequestRecord } from "@copilot-llm/model";
import type { RecordedRequest } from "../../interfaces/ledger.js";
import type { BodyReader, StoredBodies } from "../bodies/body-reader.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { decodeRecord, recordColumns, type StoredRecord } from "../record-batch/record-row.js";

/** For a select: everything that makes up a record and its bodies. */
export const storedColumns = ["position", ...recordColumns, "body_file", "body_offset", "body_bytes"]
  .map((column) => `record.${column}`)
  .join(", ");

export type StoredRequest = StoredRecord & StoredBodies;

/** The records, and who hears of the position of each that cannot be read. */
export interface RecordSource {
  readonly database: SqlDatabase;
  readonly records: RecordReader;
  readonly onDamage: (position: number) => void;
}

/** Reads single records. */
export class RecordReader {
  readonly #bodies: BodyReader;
  readonly #findById: SqlStatement;
  readonly #findByPosition: SqlStatement;
  readonly #ofConversation: SqlStatement;

  constructor(database: SqlDatabase, bodies: BodyReader) {
    this.#bodies = bodies;
    const select = `SELECT ${storedColumns} FROM records AS record`;
    this.#findById = database.prepare(`${select} WHERE id = ?`);
    this.#findByPosition = database.prepare(`${select} WHERE position = ?`);
    this.#ofConversation = database.prepare(
      `${select} WHERE conversation_id = ? AND recording <> 'off' ORDER BY position`,
    );
  }

  find(id: string): RecordedRequest | null {
    const row = this.#findById.get<StoredRequest>(id);
    return row === undefined ? null : this.decode(row);
  }

  recordAt(position: number): RequestRecord | null {
    const row = this.#findByPosition.get<StoredRequest>(position);
    return row === undefined ? null : decodeRecord(row);
  }

  ofConversation(id: string): readonly RequestRecord[] {
    return this.#ofConversation.all<StoredRequest>(id).map(decodeRecord);
  }

  decode(row: StoredRequest): RecordedRequest {
    return { record: decodeRecord(row), bodies: this.#bodies.read(row) };
  }
}
