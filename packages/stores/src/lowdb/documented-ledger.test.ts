import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { fillDataDirectory, filledFromMs } from "../../testing/fill-data-directory.js";
import { openDataDirectory } from "../../testing/open-data-directory.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { sampleEntry } from "../contract/index.js";
import { openDatabase } from "../sqlite/driver/open-database.js";

const document = await readFile(new URL("../../../../docs/operations.md", import.meta.url), "utf8");
const queries = [...document.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql = ""]) => sql.trim());
const [creditsByMonth = "", slowestModels = "", failures = "", conversation = "", clients = ""] = queries;
const conversationId = "conversation of its own";

const sqlite3 = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3"].find((path) => existsSync(path)) ?? null;

/** A data directory that is in use, and its ledger as another program sees it. */
async function openFilled() {
  const dataDir = await createTemporaryDirectory();
  const { stores } = await openDataDirectory(dataDir);
  onTestFinished(() => stores.close());
  await fillDataDirectory(stores);
  // Nano-AIU that a double cannot add up.
  for (const number of [1, 2, 3]) {
    const entry = sampleEntry(number, {
      keyId: "key_team",
      keyAlias: "team",
      startedAtMs: filledFromMs,
      conversationId,
      userAgent: "agent/1.2 (of its own)",
      modelUsed: "slow-model",
      durationMs: 1000 * number,
      nanoAiu: Number.MAX_SAFE_INTEGER,
      recording: "metadata",
    });
    await stores.ledger.append({ ...entry, bodies: null });
  }
  const range = { fromMs: filledFromMs, toMs: filledFromMs + 30 * 86_400_000 } as const;
  const report = await stores.statistics.report({ ...range, groupBy: "month", splitBy: "key" });
  const path = join(dataDir, "ledger.sqlite");
  const database = await openDatabase(path, { readOnly: true, busyTimeoutMs: 0 });
  onTestFinished(() => database.close());
  return { stores, path, database, report };
}

describe("docs/operations.md", () => {
  it("names every table of the ledger with all its columns, and no other", async () => {
    const { database } = await openFilled();
    const documented = [...document.matchAll(/^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(
      ([, table = "", columns = ""]) => {
        const named = columns.replaceAll(/\(.*?\)/g, "").matchAll(/`(\w+)`/g);
        return [table, [...named].map(([, column = ""]) => column)] as const;
      },
    );
    const tables = database
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite%'",
      )
      .all<{ name: string }>();
    const actual = tables.map(({ name }) => {
      const columns = database.prepare("SELECT name FROM pragma_table_info(?)").all<{ name: string }>(name);
      return [name, columns.map((column) => column.name)] as const;
    });
    const sorted = (entries: readonly (readonly [string, readonly string[]])[]) =>
      Object.fromEntries(entries.map(([table, columns]) => [table, [...columns].sort()]));
    expect(sorted(documented)).toEqual(sorted(actual));
  });

  it("asks for credits by key and month, exactly", async () => {
    const { database, report } = await openFilled();
    const rows = database.prepare(creditsByMonth).all<{ key: string; requests: number; credits: string }>();
    expect(rows.map(({ key, requests }) => [key, requests]).sort()).toEqual(
      report.rows.map(({ splitLabel, requests }) => [splitLabel, requests]).sort(),
    );
    const team = rows.find(({ key }) => key === "team");
    const small = report.rows.find(({ splitLabel }) => splitLabel === "team");
    expect(small?.nanoAiu).toBeGreaterThan(2 ** 53);
    const records = database.prepare(
      "SELECT CAST(sum(nano_aiu) AS TEXT) AS amount FROM statistics_cells WHERE dimension = 'key' AND span = 'hour' AND group_id = 'key_team'",
    );
    const exact = BigInt(records.get<{ amount: string }>()?.amount ?? 0);
    expect(exact - 3n * BigInt(Number.MAX_SAFE_INTEGER)).toBeGreaterThan(0n);
    expect(BigInt(team?.credits.replace(".", "") ?? 0)).toBe(exact);
  });

  it("asks which models are the slowest", async () => {
    const { database } = await openFilled();
    const [slowest, ...others] = database.prepare(slowestModels).all<{ model: string; p95_ms: number }>();
    expect(slowest).toMatchObject({ model: "gpt-5-mini" });
    expect(others.find(({ model }) => model === "slow-model")).toMatchObject({ requests: 3, p95_ms: 3000 });
  });

  it("asks what failed, by code and day", async () => {
    const { database, report } = await openFilled();
    const rows = database.prepare(failures).all<{ code: string; status: number; failures: number }>();
    expect(new Set(rows.map(({ code, status }) => `${code} ${status}`))).toEqual(new Set(["no_token_available 429"]));
    const failed = rows.reduce((sum, row) => sum + row.failures, 0);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThanOrEqual(report.totals.errors);
  });

  it("asks for one conversation", async () => {
    const { database } = await openFilled();
    const rows = database.prepare(conversation.replace(":conversation", `'${conversationId}'`)).all();
    expect(rows).toMatchObject([1000, 2000, 3000].map((duration_ms) => ({ model: "slow-model", duration_ms })));
    expect(rows).toMatchObject([1, 2, 3].map(() => ({ started_at: "2026-03-10T00:00:00.000Z" })));
  });

  it("asks for tokens by client", async () => {
    const { database } = await openFilled();
    const rows = database.prepare(clients).all<{ client: string | null; requests: number }>();
    expect(rows.map(({ client }) => client).sort()).toEqual(["agent", "curl", null].sort());
    expect(rows.find(({ client }) => client === "agent")).toMatchObject({ requests: 3 });
  });

  it("is right that other programs read it while it is in use", async ({ skip }) => {
    if (sqlite3 === null) return skip("there is no sqlite3");
    const { path, stores, database } = await openFilled();
    for (const query of queries) {
      const parameter = `.parameter set :conversation "'${conversationId}'"`;
      const { stdout } = await promisify(execFile)(sqlite3, ["-readonly", "-json", "-cmd", parameter, path, query]);
      const rows: unknown = JSON.parse(stdout);
      expect(rows).toEqual(database.prepare(query.replace(":conversation", `'${conversationId}'`)).all());
    }
    await stores.ledger.append(sampleEntry(9, { startedAtMs: filledFromMs }));
  });
});
