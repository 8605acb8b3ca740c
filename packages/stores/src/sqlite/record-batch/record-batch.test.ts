import type { RequestRecord } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleCharges, sampleRecord } from "../../contract/index.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import { decodeBodyFrame, sealBodyFrame } from "../bodies/body-frame.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";
import { decodeBatch } from "./decode-batch.js";
import { encodeBatch } from "./encode-batch.js";
import { nameIndex } from "./record-names.js";
import { decodeRecord, type RecordRow, recordColumns, type StoredRecord } from "./record-row.js";

/** Two ends of one connection, for any number of batches. */
function createConnection() {
  const writer = new ByteWriter();
  const reader = new ByteReader();
  return (entries: readonly LedgerEntry[]) =>
    decodeBatch(
      reader,
      encodeBatch(writer, entries, (bytes) => new ArrayBuffer(bytes + 7)),
    );
}

function valuesOf({ own, names }: RecordRow): readonly unknown[] {
  return [...own, ...names.values];
}

function asStored(row: RecordRow): StoredRecord {
  const values = valuesOf(row);
  return Object.fromEntries(recordColumns.map((column, index) => [column, values[index]])) as unknown as StoredRecord;
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.constantFrom("gpt-5", "with\0NUL", "half \ud800 of a pair", "ü\u2028漢字"),
);
const anyNumber = fc.oneof(fc.nat(), fc.double(), fc.constantFrom(2 ** 53, -1, 0.1, Number.POSITIVE_INFINITY));
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const anyRecord: fc.Arbitrary<RequestRecord> = fc
  .record({
    keyId: orNull(anyText),
    keyAlias: anyText,
    tokenId: orNull(anyText),
    tokenAlias: orNull(anyText),
    modelAsked: anyText,
    modelUsed: orNull(anyText),
    conversationId: anyText,
    userAgent: orNull(anyText),
    durationMs: anyNumber,
    timeToFirstTokenMs: orNull(anyNumber),
    premiumUnits: anyNumber,
    nanoAiu: orNull(anyNumber),
    attempts: fc.array(
      fc.record({ tokenId: anyText, status: orNull(fc.nat()), failure: fc.constant(null), durationMs: anyNumber }),
    ),
    usage: orNull(
      fc.record({
        inputTokens: anyNumber,
        outputTokens: anyNumber,
        cacheReadTokens: anyNumber,
        cacheWriteTokens: anyNumber,
        reasoningTokens: anyNumber,
      }),
    ),
  })
  .map((changes) => sampleRecord(1, changes));

/** What JSON, in which records were always kept, makes of it. */
function asJson(record: RequestRecord): unknown {
  return JSON.parse(JSON.stringify(record));
}

describe("a batch", () => {
  it("carries every record as it was given, whatever is in it", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyRecord, { maxLength: 5 }), { maxLength: 5 }), (batches) => {
        const send = createConnection();
        for (const records of batches) {
          const { entries } = send(records.map((record) => ({ record, bodies: null, charges: sampleCharges() })));
          const received = entries.map(({ row }) => decodeRecord(asStored(row)));
          expect(received.map(asJson)).toEqual(records.map(asJson));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives columns nothing that SQLite could not keep", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const [item] = createConnection()([{ record, bodies: null, charges: sampleCharges() }]).entries;
        for (const [index, value] of (item === undefined ? [] : valuesOf(item.row)).entries()) {
          if (typeof value === "string") expect(value).not.toMatch(/[\0\p{Surrogate}]/u);
          if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
          if (typeof value === "number" && recordColumns[index]?.endsWith("_ms")) {
            expect(Number.isSafeInteger(value)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("knows names again that came in earlier batches, also when there were too many to keep", () => {
    const send = createConnection();
    for (let batch = 0; batch < 30; batch += 1) {
      const names = Array.from({ length: 200 }, (_, index) => `model ${(batch * 173 + index) % 5000}`);
      const entries = names.map((modelAsked) => ({
        record: sampleRecord(1, { modelAsked }),
        bodies: null,
        charges: sampleCharges(),
      }));
      const received = send(entries).entries.map(({ row }) => row.names.values[nameIndex("model_asked")]);
      expect(received).toEqual(names);
    }
  });

  it("forgets names that take too much room, and goes on with others", () => {
    const send = createConnection();
    const forgotten: boolean[] = [];
    for (let batch = 0; batch < 8; batch += 1) {
      const agents = Array.from({ length: 60 }, (_, index) => `${batch} ${index} ${"x".repeat(5000)}`);
      const entries = agents.map((userAgent) => ({
        record: sampleRecord(1, { userAgent }),
        bodies: null,
        charges: sampleCharges(),
      }));
      const received = send(entries);
      forgotten.push(received.forgetsNames);
      expect(received.entries.map(({ row }) => row.names.values[nameIndex("user_agent")])).toEqual(agents);
    }
    expect(forgotten).toEqual([false, false, false, false, true, false, false, false]);
  });

  it("carries bodies as frames that only need a position", () => {
    fc.assert(
      fc.property(
        fc.array(orNull(fc.record({ request: fc.uint8Array(), response: fc.uint8Array() })), { maxLength: 6 }),
        (bodies) => {
          const entries = bodies.map((both) => ({ record: sampleRecord(1), bodies: both, charges: sampleCharges() }));
          const batch = createConnection()(entries);
          const received = batch.entries.map(({ bodyOffset }, index) => {
            if (bodyOffset === null) return null;
            sealBodyFrame(batch.bodies, bodyOffset, 2 ** 40 + index);
            const next = batch.entries.slice(index + 1).find((item) => item.bodyOffset !== null)?.bodyOffset;
            const frame = decodeBodyFrame(batch.bodies.subarray(bodyOffset, next ?? batch.bodies.length));
            expect(frame?.position).toBe(2 ** 40 + index);
            return frame && { request: Uint8Array.from(frame.request), response: Uint8Array.from(frame.response) };
          });
          expect(received).toEqual(bodies);
        },
      ),
    );
  });
});
