import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openDatabase } from "../driver/open-database.js";
import { checkpoint } from "../reader/checkpoint.js";
import { restartLog } from "./restart-log.js";

/** A connection that writes and one that looks after the log. `writeMuch` fills it with a mebibyte. */
async function openBoth() {
  const directory = await mkdtemp(join(tmpdir(), "copilot-llm-log-"));
  const path = join(directory, "a.sqlite");
  const options = { readOnly: false, busyTimeoutMs: 50 };
  const writer = await openDatabase(path, options);
  writer.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (text TEXT) STRICT");
  const other = await openDatabase(path, options);
  other.exec("PRAGMA wal_autocheckpoint = 0");
  onTestFinished(async () => {
    other.close();
    writer.close();
    await rm(directory, { recursive: true });
  });
  const insert = writer.prepare("INSERT INTO t VALUES (?)");
  return {
    writer,
    other,
    writeMuch: () => insert.run("x".repeat(1 << 20)),
    logBytes: async () => (await stat(`${path}-wal`)).size,
  };
}

it.each([
  { how: "grows where it is only brought in beside the writing", look: () => {}, atLeast: 5, below: 6 },
  { how: "begins anew where the one who writes sees to it", look: restartLog, atLeast: 1, below: 2.5 },
])("a log that is written without a pause $how", async ({ look, atLeast, below }) => {
  const { writer, other, writeMuch, logBytes } = await openBoth();
  for (let round = 0; round < 5; round += 1) {
    writer.exec("BEGIN");
    writeMuch();
    checkpoint(other);
    writer.exec("COMMIT");
    look(writer);
  }
  const mebibytes = (await logBytes()) / 2 ** 20;
  expect(mebibytes).toBeGreaterThanOrEqual(atLeast);
  expect(mebibytes).toBeLessThan(below);
});

it("somebody who reads is neither waited for nor disturbed", async () => {
  const { writer, other, writeMuch } = await openBoth();
  writeMuch();
  other.exec("BEGIN");
  const count = () => other.prepare("SELECT count(*) AS rows FROM t").get<{ rows: number }>()?.rows;
  expect(count()).toBe(1);
  writeMuch();
  expect(restartLog(writer)).toBe(false);
  expect(count()).toBe(1);
  other.exec("COMMIT");
  expect(restartLog(writer)).toBe(true);
  expect(count()).toBe(2);
});
