import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { sampleCharges, sampleRecord, sampleStartMs } from "../../contract/index.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import { ItemWriter } from "../batches/item-writer.js";
import { BodyAppender } from "../bodies/body-appender.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import { ByteWriter } from "../record-batch/byte-writer.js";
import { encodeBatch } from "../record-batch/encode-batch.js";
import { LedgerWriter } from "./ledger-writer.js";
import { openWriterDatabase } from "./open-writer-database.js";

/** Of so many keys and models that they count in more cells than one slice has. */
function createEntries(from: number, length: number): readonly LedgerEntry[] {
  return Array.from({ length }, (_, index) => {
    const sequence = from + index;
    const record = sampleRecord(sequence, {
      startedAtMs: sampleStartMs + sequence * 60_000,
      keyId: `key_${sequence % 7}`,
      tokenId: `tok_${sequence % 3}`,
      modelUsed: `model-${sequence % 5}`,
      recording: "metadata",
    });
    return { record, bodies: null, charges: sampleCharges() };
  });
}

interface OpenedWriter {
  readonly database: SqlDatabase;
  readonly writer: LedgerWriter;
  append(entries: readonly LedgerEntry[]): void;
}

async function openWriter(directory: string): Promise<OpenedWriter> {
  await mkdir(join(directory, "bodies"), { recursive: true });
  const database = await openWriterDatabase({
    path: join(directory, "ledger.sqlite"),
    isExpected: false,
    syncsAlways: false,
  });
  const bodies = new BodyAppender(join(directory, "bodies"), 1 << 20, database);
  const writer = new LedgerWriter({ database, bodies, items: new ItemWriter(database), syncsAlways: false });
  const bytes = new ByteWriter();
  return {
    database,
    writer,
    append: (entries) => {
      const buffer = encodeBatch(bytes, entries, (size) => new ArrayBuffer(size));
      writer.append({ buffer, settled: [], nowMs: sampleStartMs });
    },
  };
}

/** Everything that is counted, and how far. */
function readCounted(database: SqlDatabase): unknown {
  return [
    "SELECT * FROM statistics_cells ORDER BY dimension, span, start_ms, group_id, split_id",
    "SELECT * FROM key_usage ORDER BY period, key_id, start_ms",
    "SELECT * FROM token_usage ORDER BY token_id",
    "SELECT * FROM record_spans ORDER BY first_position",
    "SELECT * FROM ledger_state",
  ].map((sql) => database.prepare(sql).all());
}

const first = createEntries(0, 40);
const second = createEntries(40, 30);
const third = createEntries(70, 20);

async function readExpected(): Promise<unknown> {
  const { database, writer, append } = await openWriter(await createTemporaryDirectory());
  for (const entries of [first, second, third]) append(entries);
  writer.flush();
  const counted = readCounted(database);
  database.close();
  return counted;
}

/** Begins to count and is cut short after so many slices; says whether that was before the end. */
async function flushUntil({ writer }: OpenedWriter, mostSlices: number): Promise<boolean> {
  let slices = 0;
  const cut = new Error("cut short");
  const pause = async () => {
    slices += 1;
    if (slices === mostSlices) throw cut;
  };
  return writer.flushInSlices(pause).then(
    () => false,
    (error) => error === cut,
  );
}

describe("counting in slices", () => {
  it("counts every record once, whatever is appended between two of them", async () => {
    const opened = await openWriter(await createTemporaryDirectory());
    opened.append(first);
    let pauses = 0;
    await opened.writer.flushInSlices(async () => {
      pauses += 1;
      if (pauses === 2) opened.append(second);
    });
    expect(pauses).toBeGreaterThan(5);
    opened.append(third);
    await opened.writer.flushInSlices(async () => undefined);
    expect(readCounted(opened.database)).toEqual(await readExpected());
    opened.database.close();
  });

  it("is ended as one step by what needs everything counted", async () => {
    const opened = await openWriter(await createTemporaryDirectory());
    opened.append(first);
    expect(await flushUntil(opened, 3)).toBe(true);
    opened.append(second);
    opened.append(third);
    opened.writer.transactCounted(() => undefined);
    expect(readCounted(opened.database)).toEqual(await readExpected());
    opened.database.close();
  });

  it("goes on after a kill at any slice, and counts nothing twice", async () => {
    const expected = await readExpected();
    for (let slices = 1, isCut = true; isCut; slices += 1) {
      const directory = await createTemporaryDirectory();
      const killed = await openWriter(directory);
      killed.append(first);
      isCut = await flushUntil(killed, slices);
      killed.append(second);
      killed.database.close();
      const next = await openWriter(directory);
      next.append(third);
      // What goes on is cut short as well.
      await flushUntil(next, 2);
      next.database.close();
      const last = await openWriter(directory);
      if (slices % 2 === 0) await last.writer.flushInSlices(async () => undefined);
      else last.writer.flush();
      expect(readCounted(last.database)).toEqual(expected);
      last.database.close();
    }
  });
});
