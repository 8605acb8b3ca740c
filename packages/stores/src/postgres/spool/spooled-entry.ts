import { crc32 } from "node:zlib";
import type { BatchItemResult, LedgerEntry } from "../../interfaces/ledger.js";

/** Bytes in base64. */
interface StoredEntry extends Omit<LedgerEntry, "bodies" | "batchItem"> {
  readonly bodies: { readonly request: string; readonly response: string } | null;
  readonly batchItem?: Omit<BatchItemResult, "answer"> & { readonly answer: string };
}

/** A line that begins with the checksum of the rest. */
export function encodeSpooledEntry({ record, charges, bodies, batchItem }: LedgerEntry): string {
  const stored: StoredEntry = {
    record,
    charges,
    bodies: bodies && { request: toBase64(bodies.request), response: toBase64(bodies.response) },
    ...(batchItem === undefined ? {} : { batchItem: { ...batchItem, answer: toBase64(batchItem.answer) } }),
  };
  const json = JSON.stringify(stored);
  return `${crc32(json)} ${json}\n`;
}

/** Null when the line is not as it was written. */
export function parseSpooledEntry(line: string): LedgerEntry | null {
  const space = line.indexOf(" ");
  const json = line.slice(space + 1);
  if (space === -1 || Number(line.slice(0, space)) !== crc32(json)) return null;
  const { record, charges, bodies, batchItem } = JSON.parse(json) as StoredEntry;
  return {
    record,
    charges,
    bodies: bodies && {
      request: Buffer.from(bodies.request, "base64"),
      response: Buffer.from(bodies.response, "base64"),
    },
    ...(batchItem === undefined
      ? {}
      : { batchItem: { ...batchItem, answer: Buffer.from(batchItem.answer, "base64") } }),
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}
