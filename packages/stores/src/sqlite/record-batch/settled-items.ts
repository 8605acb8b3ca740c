import type { SettledItem } from "../../batches/settled-items.js";
import type { ByteReader } from "./byte-reader.js";
import type { ByteWriter } from "./byte-writer.js";

export function writeSettledItems(writer: ByteWriter, items: readonly SettledItem[]): void {
  for (const { entry, place, settled } of items) {
    writer.number(entry);
    writer.text(place.batchId);
    writer.number(place.index);
    writer.number(settled.state === "succeeded" ? 1 : 0);
    writer.integer(settled.status);
    writer.integer(settled.atMs);
    writer.text(settled.requestId);
    writer.number(settled.answer.length);
  }
  writer.takeExactness();
}

export function answerBytes(items: readonly SettledItem[]): number {
  return items.reduce((sum, { settled }) => sum + settled.answer.length, 0);
}

export function copyAnswers(items: readonly SettledItem[], target: Uint8Array, start: number): void {
  let offset = start;
  for (const { settled } of items) {
    target.set(settled.answer, offset);
    offset += settled.answer.length;
  }
}

/** The inverse of what is above; the answers are parts of the memory given. */
export function decodeSettledItems(reader: ByteReader, count: number, answers: Buffer): readonly SettledItem[] {
  const items: SettledItem[] = [];
  let offset = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = reader.number() ?? 0;
    const place = { batchId: reader.text() ?? "", index: reader.number() ?? 0 };
    const state = reader.number() === 1 ? "succeeded" : "errored";
    const status = reader.number() ?? 0;
    const atMs = reader.number() ?? 0;
    const requestId = reader.text();
    const bytes = reader.number() ?? 0;
    const answer = answers.subarray(offset, offset + bytes);
    offset += bytes;
    items.push({ entry, place, settled: { state, status, atMs, requestId, answer } });
  }
  return items;
}
