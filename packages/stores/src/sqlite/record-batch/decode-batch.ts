import type { ByteReader } from "./byte-reader.js";
import { batchHeaderBytes } from "./encode-batch.js";
import type { RecordNames } from "./record-names.js";
import { type RecordRow, readRecordRow } from "./record-row.js";

export interface BatchEntry {
  readonly row: RecordRow;
  /** Where the frame of the record's bodies begins among the batch's bodies; null when there are none. */
  readonly bodyOffset: number | null;
}

export interface RecordBatch {
  /** All earlier names are forgotten. */
  readonly forgetsNames: boolean;
  /** Of these entries, for the first time. */
  readonly newNames: readonly RecordNames[];
  readonly entries: readonly BatchEntry[];
  /** Frames one after the other, each without its record's position and checksum. */
  readonly bodies: Buffer;
}

/** Batches must be decoded in the order in which one writer encoded them: later ones count on earlier ones' names. */
export function decodeBatch(reader: ByteReader, buffer: ArrayBuffer): RecordBatch {
  const bytes = Buffer.from(buffer);
  const count = bytes.readUInt32LE(0);
  const forgetsNames = bytes.readUInt32LE(4) === 1;
  reader.begin(bytes, batchHeaderBytes, forgetsNames);
  const entries: BatchEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    const row = readRecordRow(reader);
    entries.push({ row, bodyOffset: reader.number() });
  }
  return {
    forgetsNames,
    newNames: reader.newNames,
    entries,
    bodies: bytes.subarray(bytes.readUInt32LE(8), bytes.readUInt32LE(12)),
  };
}
