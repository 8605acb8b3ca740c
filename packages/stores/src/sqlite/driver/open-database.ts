import { createStoreFailure } from "../../failure/store-failure.js";
import type { SqlDatabase, SqlDatabaseOptions, SqlStatement } from "./sql-database.js";

/** What is used of `@photostructure/sqlite`, and of `node:sqlite`, whose interface it has. */
interface Driver {
  readonly DatabaseSync: new (
    path: string,
    options: { readonly readOnly: boolean; readonly timeout: number },
  ) => DriverDatabase;
  readonly backup?: (source: DriverDatabase, path: string, options: { readonly rate: number }) => Promise<unknown>;
}

interface DriverDatabase {
  exec(sql: string): void;
  prepare(sql: string): DriverStatement;
  function(name: string, options: { readonly deterministic: boolean }, run: (...values: never[]) => unknown): void;
  readonly isTransaction: boolean;
  close(): void;
}

interface DriverStatement extends SqlStatement {
  setReturnArrays(enabled: boolean): void;
}

/** The whole database in one step: with more, every write meanwhile would begin the copy anew. */
const allPages = -1;

/**
 * Opens the file, or makes it, with the one SQLite that comes with the package: the same on every machine. Node's own
 * is taken where that one does not run and Node's can do everything.
 */
export async function openDatabase(path: string, options: SqlDatabaseOptions): Promise<SqlDatabase> {
  const driver = await loadDriver();
  const database = new driver.DatabaseSync(path, { readOnly: options.readOnly, timeout: options.busyTimeoutMs });
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => database.prepare(sql),
    prepareArrays(sql) {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    },
    defineBlobFunction(name, run) {
      database.function(name, { deterministic: true }, (a: Uint8Array, b: Uint8Array) => run(a, b));
    },
    get isInTransaction() {
      return database.isTransaction;
    },
    async copyTo(target) {
      await driver.backup?.(database, target, { rate: allPages });
    },
    close: () => database.close(),
  };
}

/** A name that no bundler looks into: older Nodes do not have it. */
const builtInName = "node:sqlite";

/** The first that loads and is complete. `candidates` are for tests. */
export async function loadDriver(
  candidates: readonly (() => Promise<unknown>)[] = [() => import("@photostructure/sqlite"), () => import(builtInName)],
): Promise<Driver> {
  const failures: unknown[] = [];
  for (const load of candidates) {
    try {
      const driver = await load();
      if (isComplete(driver)) return driver;
    } catch (error) {
      failures.push(error);
    }
  }
  throw createStoreFailure(
    `SQLite does not run on ${process.platform} ${process.arch} with Node ${process.versions.node}: take Node 24 or later.`,
    new AggregateError(failures),
  );
}

/** Early forms of Node's own lack copies of a database in use, and the search for words. */
function isComplete(driver: unknown): driver is Driver {
  if (typeof driver !== "object" || driver === null || !("DatabaseSync" in driver) || !("backup" in driver))
    return false;
  const database = new (driver as Driver).DatabaseSync(":memory:", { readOnly: false, timeout: 0 });
  try {
    database.exec("CREATE VIRTUAL TABLE turns USING fts5(words)");
    return true;
  } finally {
    database.close();
  }
}
