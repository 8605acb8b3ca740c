import type { LedgerEntry } from "../../interfaces/ledger.js";
import { bodyHeaderBytes, reserveBodyHeader } from "../bodies/body-frame.js";
import type { ByteWriter } from "./byte-writer.js";
import { writeRecordRow } from "./record-row.js";

/*
 * A batch on its way to the writing thread: a header, the rows, and all bodies as they will lie in their file.
 * Header, little endian: 0 rows  4 whether lists of names begin anew  8 where the bodies begin  12 where they end
 */
export const batchHeaderBytes = 16;

/** Encodes the entries in memory of at least so many bytes that `takeBuffer` gives. */
export function encodeBatch(
  writer: ByteWriter,
  entries: readonly LedgerEntry[],
  takeBuffer: (bytes: number) => ArrayBuffer,
): ArrayBuffer {
  const forgetsNames = writer.restart();
  let bodyBytes = 0;
  for (const entry of entries) {
    writeRecordRow(writer, entry);
    writer.number(entry.bodies === null ? null : bodyBytes);
    bodyBytes += frameBytes(entry);
  }
  const bodiesStart = batchHeaderBytes + writer.length;
  const buffer = takeBuffer(bodiesStart + bodyBytes);
  const view = new DataView(buffer);
  const bytes = new Uint8Array(buffer);
  view.setUint32(0, entries.length, true);
  view.setUint32(4, forgetsNames ? 1 : 0, true);
  view.setUint32(8, bodiesStart, true);
  view.setUint32(12, bodiesStart + bodyBytes, true);
  writer.copyTo(bytes, batchHeaderBytes);
  let offset = bodiesStart;
  for (const entry of entries) {
    if (entry.bodies === null) continue;
    const { request, response } = entry.bodies;
    reserveBodyHeader(view, offset, request.length, response.length);
    bytes.set(request, offset + bodyHeaderBytes);
    bytes.set(response, offset + bodyHeaderBytes + request.length);
    offset += frameBytes(entry);
  }
  return buffer;
}

function frameBytes({ bodies }: LedgerEntry): number {
  return bodies === null ? 0 : bodyHeaderBytes + bodies.request.length + bodies.response.length;
}
