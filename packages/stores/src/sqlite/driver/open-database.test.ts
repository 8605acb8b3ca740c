import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { GatewayError } from "@copilot-llm/model";
import * as bundled from "@photostructure/sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { loadDriver, openDatabase } from "./open-database.js";

async function openScratch() {
  const path = join(await createTemporaryDirectory(), "scratch.sqlite");
  const database = await openDatabase(path, { readOnly: false, busyTimeoutMs: 0 });
  onTestFinished(() => database.close());
  return { path, database };
}

describe("the driver", () => {
  it("is the first that loads and can do everything", async () => {
    const withoutCopies = { DatabaseSync: bundled.DatabaseSync };
    class WithoutWordSearch extends bundled.DatabaseSync {
      override exec(sql: string): void {
        if (sql.includes("fts5")) throw new Error("no such module: fts5");
        super.exec(sql);
      }
    }
    const withoutWordSearch = { DatabaseSync: WithoutWordSearch, backup: bundled.backup };
    const found = await loadDriver([
      () => Promise.reject(new Error("no such package")),
      async () => withoutCopies,
      async () => withoutWordSearch,
      async () => bundled,
    ]);
    expect(found).toBe(bundled);
  });

  it("is refused in one line when there is none", async () => {
    const refusal: unknown = await loadDriver([async () => ({})]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(GatewayError);
    expect(String(refusal)).toMatch(/SQLite does not run on \w+ \w+ with Node [\d.]+: take Node 24 or later\.$/);
  });
});

describe("a database", () => {
  it("keeps whole numbers exact up to 2^63", async () => {
    const { database } = await openScratch();
    database.exec("CREATE TABLE sums (amount INTEGER NOT NULL) STRICT");
    const add = database.prepare("INSERT INTO sums VALUES (?)");
    for (const amount of [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 1]) add.run(amount);
    const sum = database.prepare("SELECT CAST(sum(amount) AS TEXT) AS amount FROM sums").get();
    expect(sum).toEqual({ amount: "18014398509481983" });
  });

  it("is copied while a transaction is open, as it was before", async () => {
    const { path, database } = await openScratch();
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE facts (fact TEXT) STRICT; INSERT INTO facts VALUES ('old')");
    const writer = await openDatabase(path, { readOnly: false, busyTimeoutMs: 0 });
    onTestFinished(() => writer.close());
    writer.exec("BEGIN IMMEDIATE; INSERT INTO facts VALUES ('new')");
    await database.copyTo(`${path}.copy`);
    writer.exec("COMMIT");
    const copy = await openDatabase(`${path}.copy`, { readOnly: true, busyTimeoutMs: 0 });
    onTestFinished(() => copy.close());
    expect(copy.prepare("SELECT fact FROM facts").all()).toEqual([{ fact: "old" }]);
  });
});

it("comes with a library for every platform that Node runs on, within the package", async () => {
  const prebuilds = join(import.meta.dirname, "../../../node_modules/@photostructure/sqlite/prebuilds");
  const platforms = await readdir(prebuilds);
  expect(platforms.sort()).toEqual(
    ["darwin", "linux", "win32"].flatMap((system) => ["arm64", "x64"].map((machine) => `${system}-${machine}`)).sort(),
  );
  for (const machine of ["arm64", "x64"]) {
    const libraries = await readdir(join(prebuilds, `linux-${machine}`));
    expect(libraries.filter((name) => /glibc|musl/.test(name))).toHaveLength(2);
    for (const name of libraries)
      expect((await stat(join(prebuilds, `linux-${machine}`, name))).size).toBeGreaterThan(0);
  }
});
