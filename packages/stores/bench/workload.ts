import { sampleCharges, sampleRecord, sampleRequestId, sampleReservation } from "../src/contract/samples.js";
import type { LedgerEntry } from "../src/interfaces/ledger.js";
import type { Stores } from "../src/interfaces/stores.js";

/** Requests number `from` to `to`, evenly spread over time from `startMs` on. */
export interface Requests {
  readonly from: number;
  readonly to: number;
  readonly startMs: number;
  readonly spacingMs: number;
  /** Of the request as of the response. */
  readonly body: Uint8Array;
}

export const keys = 20;
export const models = 10;
const tokens = 5;
/** Both bodies of a request together have so many bytes. */
export function createBody(bytes: number): Uint8Array {
  return Buffer.alloc(bytes / 2, '{"role":"user","content":"some text that somebody typed"},');
}

/** The request of this number: in a conversation of its own, of one of the keys, models and tokens. */
export function createEntry(number: number, { startMs, spacingMs, body }: Requests): LedgerEntry {
  const startedAtMs = startMs + number * spacingMs;
  const keyId = `key_${number % keys}`;
  const tokenId = `tok_${number % tokens}`;
  const record = sampleRecord(0, {
    id: sampleRequestId(startedAtMs, number),
    startedAtMs,
    keyId,
    keyAlias: keyId,
    tokenId,
    tokenAlias: tokenId,
    modelUsed: `model-${Math.floor(number / 7) % models}`,
    conversationId: `conversation ${number}`,
    durationMs: 300 + ((number * 7919) % 9000),
    recording: "full",
  });
  return { record, bodies: { request: body, response: body }, charges: sampleCharges() };
}

/** Reserves and appends one request, as a gateway does. */
export async function serveRequest(stores: Stores, entry: LedgerEntry): Promise<void> {
  const { id, keyId, startedAtMs: atMs } = entry.record;
  await stores.ledger.reserve(sampleReservation(0, { id, keyId: keyId ?? "", atMs }));
  await stores.ledger.append(entry);
}

/** Callers that serve one request after the other. */
export async function serveRequests(stores: Stores, requests: Requests, callers: number): Promise<void> {
  let next = requests.from;
  const callOn = async () => {
    for (let number = next++; number < requests.to; number = next++) {
      await serveRequest(stores, createEntry(number, requests));
    }
  };
  await Promise.all(Array.from({ length: callers }, callOn));
}
