import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { databasePath, openLedger } from "../../../testing/open-ledger.js";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { inParts, sampleClaim, sampleFile, sampleItemEntry, startSampleBatch } from "../../contract/batch-samples.js";
import { sampleStartMs } from "../../contract/samples.js";
import { openDatabase } from "../driver/open-database.js";

const secret = "what nobody is to read any more";

describe("files of the embedded backend", () => {
  it("that were not whole, or that nobody knows, are gone after a start; the others stay", async () => {
    const directory = await createTemporaryDirectory();
    const ledger = await openLedger(directory);
    await ledger.files.write(sampleFile("a"), inParts("content"));
    await ledger.close();
    for (const name of ["0b5c.tmp", "17"]) await writeFile(join(directory, "files", name), "half");
    await openLedger(directory);
    expect(await readdir(join(directory, "files"))).toEqual(["1"]);
  });

  it("stop the start when they are missing as a whole", async () => {
    const directory = await createTemporaryDirectory();
    const ledger = await openLedger(directory);
    await ledger.files.write(sampleFile("a"), inParts("content"));
    await ledger.close();
    await rm(join(directory, "files"), { recursive: true });
    await expect(openLedger(directory)).rejects.toThrow(/files is missing: restore it from a backup/);
  });
});

describe("batches of the embedded backend", () => {
  it("leave nothing of their lines and answers on the disk once they are removed", async () => {
    const directory = await createTemporaryDirectory();
    const { batches, files, ledger } = await openLedger(directory);
    await files.write(sampleFile("a", { purpose: "batch_internal" }), inParts(secret));
    await startSampleBatch({ batches }, "a", 1);
    const [item] = await batches.claim(sampleClaim());
    if (item === undefined) throw new Error("there is an item");
    await ledger.append(sampleItemEntry(1, item, secret));
    await batches.remove("batch_a", null);
    const names = await readdir(directory, { recursive: true, withFileTypes: true });
    for (const entry of names.filter((found) => found.isFile())) {
      expect((await readFile(join(entry.parentPath, entry.name))).includes(secret)).toBe(false);
    }
  });

  it("that an earlier process was removing are removed to the end", async () => {
    const directory = await createTemporaryDirectory();
    const first = await openLedger(directory);
    await startSampleBatch(first, "a", 2);
    await first.close();
    const database = await openDatabase(databasePath(directory), { readOnly: false, busyTimeoutMs: 0 });
    database.exec("INSERT INTO pending_item_removals SELECT position FROM batches; DELETE FROM batches");
    database.close();
    const { batches } = await openLedger(directory);
    await batches.expire({ nowMs: sampleStartMs, endedBeforeMs: 0 });
    const after = await openDatabase(databasePath(directory), { readOnly: true, busyTimeoutMs: 0 });
    const left = after.prepare(
      "SELECT (SELECT count(*) FROM batch_items) AS items, (SELECT count(*) FROM pending_item_removals) AS removals",
    );
    expect(left.get()).toEqual({ items: 0, removals: 0 });
    after.close();
  });

  it("are claimed and given back without a look at what is settled or waits", async () => {
    const directory = await createTemporaryDirectory();
    await openLedger(directory);
    const database = await openDatabase(databasePath(directory), { readOnly: true, busyTimeoutMs: 0 });
    const plan = (sql: string) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all<{ detail: string }>()
        .map(({ detail }) => detail);
    expect(plan("SELECT item FROM batch_items WHERE batch = 1 AND state = 'pending' ORDER BY item LIMIT 2")).toEqual([
      "SEARCH batch_items USING COVERING INDEX batch_items_pending (batch=?)",
    ]);
    expect(plan("SELECT batch, item FROM batch_items WHERE state = 'running' AND lease_until_ms <= 1")).toEqual([
      "SEARCH batch_items USING COVERING INDEX batch_items_running (lease_until_ms<?)",
    ]);
    expect(plan("SELECT count(*) FROM batch_items WHERE state = 'running'")).toEqual([
      "SCAN batch_items USING COVERING INDEX batch_items_running",
    ]);
    database.close();
  });
});
