import { sampleCharges, sampleRecord, sampleRequestId, sampleReservation } from "../src/contract/samples.js";
import type { Stores } from "../src/interfaces/stores.js";

/** Runs on stores with storage of their own, which `reopen` opens again. */
export type RunOnStores = (run: (stores: Stores, reopen: () => Promise<Stores>) => Promise<void>) => Promise<void>;

const startMs = Date.UTC(2026, 0, 1);
const spacingMs = 864;

/** Prints the gateway's CPU per request that is reserved and appended, and how many are done in a second. */
export async function measureAppends(withStores: RunOnStores, bodyBytes: number, requests: number): Promise<void> {
  await withStores(async (stores) => {
    const warmUp = requests / 10;
    await append(stores, { from: 0, to: warmUp }, bodyBytes, 16);
    const before = process.cpuUsage();
    const startedMs = performance.now();
    await append(stores, { from: warmUp, to: warmUp + requests }, bodyBytes, 16);
    const { user, system } = process.cpuUsage(before);
    report(`CPU per append of ${bodyBytes} bytes`, (user + system) / requests, "µs");
    report(`appends of ${bodyBytes} bytes`, requests / ((performance.now() - startedMs) / 1000), "per second");
  });
}

/** Prints how long the start and the common questions take with so many records. */
export async function measureReading(withStores: RunOnStores, records: number): Promise<void> {
  await withStores(async (filled, reopen) => {
    await append(filled, { from: 0, to: records }, 400, 200);
    const stores = await time(`start with ${records} records`, reopen);
    const { sessions, statistics } = stores;
    await time("first page of sessions, right after the start", () => sessions.list({ limit: 50 }));
    await time("first page of sessions", () => sessions.list({ limit: 50 }));
    await time("first page of one key and model", () => sessions.list({ limit: 50, key: "key_3", model: "model-3" }));
    await time("a page of a search that finds nothing", () => sessions.list({ limit: 50, text: "nowhere" }));
    await time("a record by its id", () => stores.ledger.findRecord(sampleRequestId(startMs, 0)));
    const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    await time("statistics by model", () => statistics.report({ ...range, groupBy: "model" }));
  });
}

/** Callers that each reserve and append one request after the other, as a gateway does. */
async function append(
  stores: Stores,
  range: { readonly from: number; readonly to: number },
  bodyBytes: number,
  callers: number,
): Promise<void> {
  const body = Buffer.alloc(bodyBytes / 2, '{"role":"user","content":"some text that somebody typed"},');
  let next = range.from;
  const callOn = async () => {
    for (let number = next++; number < range.to; number = next++) {
      const startedAtMs = startMs + number * spacingMs;
      const id = sampleRequestId(startedAtMs, number);
      const keyId = `key_${number % 20}`;
      await stores.ledger.reserve(sampleReservation(0, { id, keyId, atMs: startedAtMs }));
      const record = sampleRecord(0, {
        id,
        startedAtMs,
        keyId,
        keyAlias: keyId,
        modelUsed: `model-${number % 10}`,
        conversationId: `conversation ${number}`,
        durationMs: 300 + ((number * 7919) % 9000),
        recording: "full",
      });
      await stores.ledger.append({ record, bodies: { request: body, response: body }, charges: sampleCharges() });
    }
  };
  await Promise.all(Array.from({ length: callers }, callOn));
}

async function time<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
  const startedMs = performance.now();
  const result = await run();
  report(what, performance.now() - startedMs, "ms");
  return result;
}

function report(what: string, figure: number, unit: string): void {
  process.stdout.write(`${what}: ${figure.toFixed(1)} ${unit}\n`);
}
