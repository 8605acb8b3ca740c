import { dayMs, dayStartMs, utcDate } from "@copilot-llm/model";
import type { ConnectionPool } from "../connection/connection-pool.js";
import { sqlState } from "../connection/outage.js";
import type { SqlClient } from "../connection/sql-client.js";

const partitionLock = 0x636c_7070;
const tablePrefix = "request_records_";
/** How long a day that expires may hold up the others' writing before it is left for later. */
const dropWaitMs = 500;
const lockNotAvailable = "55P03";

/** The partitions of the records: one table per UTC day. */
export class Partitions {
  readonly #pool: ConnectionPool;
  readonly #known = new Set<number>();

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  /** Makes sure that records of these days can be written. Costs nothing for days that are known. */
  async ensure(days: Iterable<number>): Promise<void> {
    const missing = [...new Set(days)].filter((day) => !this.#known.has(day)).sort((a, b) => a - b);
    if (missing.length === 0) return;
    await this.#pool.transaction((client) => createPartitions(client, missing));
    for (const day of missing) this.#known.add(day);
  }

  async ensureAhead(nowMs: number, days: number): Promise<void> {
    await this.ensure(Array.from({ length: days + 1 }, (_, index) => dayStartMs(nowMs) + index * dayMs));
  }

  /** What is known may have been dropped by another gateway. */
  forget(): void {
    this.#known.clear();
  }

  /** Removes the days that ended before. A day that is being read is left for the next time. */
  async dropBefore(beforeMs: number): Promise<void> {
    const tables = await this.#list();
    for (const { table, startMs } of tables.filter((partition) => partition.startMs + dayMs <= beforeMs)) {
      this.#known.delete(startMs);
      try {
        await this.#pool.transaction(async (client) => {
          await client.query(`SET LOCAL lock_timeout = ${dropWaitMs}`);
          await client.query("SELECT pg_advisory_xact_lock($1)", [partitionLock]);
          await client.query(`DROP TABLE IF EXISTS ${table}`);
        });
      } catch (error) {
        if (sqlState(error) !== lockNotAvailable) throw error;
      }
    }
  }

  async #list(): Promise<readonly { readonly table: string; readonly startMs: number }[]> {
    const { rows } = await this.#pool.use((client) =>
      client.query<{ table: string }>(
        `SELECT inhrelid::regclass::text AS table FROM pg_inherits WHERE inhparent = 'request_records'::regclass`,
      ),
    );
    return rows.flatMap(({ table }) => {
      const [, year, month, day] = /request_records_(\d{4})(\d\d)(\d\d)$/.exec(table) ?? [];
      return day === undefined ? [] : [{ table, startMs: Date.parse(`${year}-${month}-${day}`) }];
    });
  }
}

/** Within the transaction that the client is in. Days that are there stay as they are. */
export async function createPartitions(client: SqlClient, days: readonly number[]): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [partitionLock]);
  for (const startMs of days) {
    const table = partitionName(startMs);
    const { rows } = await client.query<{ exists: boolean }>("SELECT to_regclass($1) IS NOT NULL AS exists", [table]);
    if (rows[0]?.exists === true) continue;
    // Made on its own and attached, which keeps nobody from writing in the other days.
    await client.query(`CREATE TABLE ${table} (LIKE request_records INCLUDING ALL)`);
    await client.query(
      `ALTER TABLE request_records ATTACH PARTITION ${table} FOR VALUES FROM (${startMs}) TO (${startMs + dayMs})`,
    );
  }
}

function partitionName(startMs: number): string {
  return `${tablePrefix}${utcDate(startMs).replaceAll("-", "")}`;
}
