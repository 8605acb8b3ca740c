import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { openDatabase } from "../driver/open-database.js";
import { migrate } from "./migrate.js";
import type { Migration } from "./migration.js";

const first: Migration = { name: "first", statements: "CREATE TABLE facts (fact TEXT) STRICT" };
const second: Migration = { name: "second", statements: "ALTER TABLE facts ADD COLUMN source TEXT" };
const broken: Migration = { name: "broken", statements: "DROP TABLE facts; CREATE NONSENSE" };

async function createDatabase(known: readonly Migration[]) {
  const path = join(await createTemporaryDirectory(), "ledger.sqlite");
  const database = await openDatabase(path, { readOnly: false, busyTimeoutMs: 0 });
  onTestFinished(() => database.close());
  migrate(database, { path, isExpected: false, known });
  return { path, database };
}

describe("the schema", () => {
  it("goes from version to version, each once, with what was there", async () => {
    const { path, database } = await createDatabase([first]);
    database.exec("INSERT INTO facts VALUES ('old')");
    for (let start = 0; start < 2; start += 1) migrate(database, { path, isExpected: true, known: [first, second] });
    expect(database.prepare("SELECT * FROM facts").all()).toEqual([{ fact: "old", source: null }]);
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 2 });
  });

  it("stays as it was when a step fails", async () => {
    const { path, database } = await createDatabase([first]);
    database.exec("INSERT INTO facts VALUES ('old')");
    expect(() => migrate(database, { path, isExpected: true, known: [first, second, broken] })).toThrow();
    expect(database.prepare("SELECT * FROM facts").all()).toEqual([{ fact: "old" }]);
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
  });

  it("is refused, and left as it is, when a newer version made it", async () => {
    const { path, database } = await createDatabase([first, second]);
    const before = await readFile(path);
    expect(() => migrate(database, { path, isExpected: true, known: [first] })).toThrow(/version 2/);
    expect(await readFile(path)).toEqual(before);
  });

  it("is not made anew where there must be one", async () => {
    const path = join(await createTemporaryDirectory(), "ledger.sqlite");
    const database = await openDatabase(path, { readOnly: false, busyTimeoutMs: 0 });
    onTestFinished(() => database.close());
    expect(() => migrate(database, { path, isExpected: true })).toThrow(/is damaged \(it is empty\)/);
    expect(database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()).toEqual({ tables: 0 });
  });
});
