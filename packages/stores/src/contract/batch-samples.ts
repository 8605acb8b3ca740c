import type { Batch } from "@copilot-llm/model";
import type { NewBatch } from "../interfaces/batch-store.js";
import type { NewFile } from "../interfaces/file-store.js";
import type { LedgerEntry } from "../interfaces/ledger.js";
import type { Stores } from "../interfaces/stores.js";
import { sampleEntry, sampleStartMs } from "./samples.js";

const dayMs = 86_400_000;

export function sampleFile(name: string, changes: Partial<NewFile> = {}): NewFile {
  return {
    id: `file-${name}`,
    ownerId: "key_a",
    name: `${name}.jsonl`,
    purpose: "batch",
    createdAtMs: sampleStartMs,
    expiresAtMs: null,
    ...changes,
  };
}

export async function* inParts(...parts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

export function sampleBatch(name: string, changes: Partial<NewBatch> = {}): NewBatch {
  return {
    id: `batch_${name}`,
    ownerId: "key_a",
    keyId: "key_a",
    ownerName: "a",
    api: "openai",
    protocol: "openai-chat",
    wireHeaders: { "anthropic-beta": "a,b" },
    operation: "generate",
    fileId: `file-${name}`,
    metadata: { run: name },
    createdAtMs: sampleStartMs,
    expiresAtMs: sampleStartMs + dayMs,
    ...changes,
  };
}

/** A batch in progress with so many items. */
export async function startSampleBatch(
  { batches }: Pick<Stores, "batches">,
  name: string,
  items: number,
  changes: Partial<NewBatch> = {},
): Promise<Batch> {
  const { id } = await batches.create(sampleBatch(name, changes));
  const added = Array.from({ length: items }, (_, index) => ({
    index,
    customId: `${name} ${index}`,
    offset: index * 10,
    length: 9,
  }));
  await batches.addItems(id, added);
  return batches.start(id, sampleStartMs + 1);
}

export function sampleClaim(changes: Partial<Parameters<Stores["batches"]["claim"]>[0]> = {}) {
  return {
    workerId: "worker a",
    limit: 100,
    maxRunning: 1000,
    nowMs: sampleStartMs + 10,
    leaseUntilMs: sampleStartMs + 60_000,
    ...changes,
  };
}

/** A request that was made for an item. */
export function sampleItemEntry(
  sequence: number,
  item: { readonly batchId: string; readonly index: number },
  answer = `answer ${sequence}`,
): LedgerEntry {
  const { batchId, index } = item;
  return {
    ...sampleEntry(sequence),
    batchItem: { batchId, index, state: "succeeded", status: 200, answer: Buffer.from(answer) },
  };
}
