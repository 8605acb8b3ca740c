// What the embedded stores cost: CPU per append, the start, and reading with many records. Prints one line per figure.
// Argument: how many records to list from (default 200000).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleCharges, sampleRecord, sampleRequestId, sampleReservation } from "../src/contract/samples.js";
import { type LowdbStores, openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "../test-support/recording-log.js";
import { systemClock } from "../test-support/system-clock.js";

const listedRecords = Number(process.argv[2] ?? 200_000);
const startMs = Date.UTC(2026, 0, 1);
const spacingMs = 864;

function open(dataDir: string): Promise<LowdbStores> {
  return openLowdbStores({ dataDir, encryptionKey: null, clock: systemClock, log: createRecordingLog() });
}

async function withDirectory(run: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "stores-bench-"));
  try {
    await run(dataDir);
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

/** Callers that each reserve and append one request after the other, as a gateway does. */
async function append(
  stores: LowdbStores,
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

async function measureAppends(bodyBytes: number, requests: number): Promise<void> {
  await withDirectory(async (dataDir) => {
    const stores = await open(dataDir);
    const warmUp = requests / 10;
    await append(stores, { from: 0, to: warmUp }, bodyBytes, 16);
    const before = process.cpuUsage();
    await append(stores, { from: warmUp, to: warmUp + requests }, bodyBytes, 16);
    const { user, system } = process.cpuUsage(before);
    report(`CPU per append of ${bodyBytes} bytes`, (user + system) / requests, "µs");
    await stores.close();
  });
}

async function measureReading(): Promise<void> {
  await withDirectory(async (dataDir) => {
    const filled = await open(dataDir);
    await append(filled, { from: 0, to: listedRecords }, 400, 200);
    await filled.close();
    const stores = await time(`start with ${listedRecords} records`, () => open(dataDir));
    const { sessions, statistics } = stores;
    await time("first page of sessions, right after the start", () => sessions.list({ limit: 50 }));
    await time("first page of sessions", () => sessions.list({ limit: 50 }));
    await time("first page of one key and model", () => sessions.list({ limit: 50, key: "key_3", model: "model-3" }));
    await time("a page of a search that finds nothing", () => sessions.list({ limit: 50, text: "nowhere" }));
    await time("a record by its id", () => stores.ledger.findRecord(sampleRequestId(startMs, 0)));
    const range = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    await time("statistics by model", () => statistics.report({ ...range, groupBy: "model" }));
    await stores.close();
  });
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

await measureAppends(1000, 20_000);
await measureAppends(200_000, 2000);
await measureReading();
