import { CompiledQuery, type Kysely } from "kysely";
import type { DatabaseTables } from "./database-tables.js";

/** A connection, as far as statements in SQL need one. */
export interface SqlClient {
  query<Row extends object>(sql: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
}

/** Statements in SQL on the tables, within their transaction where they are in one. */
export function createSqlClient(tables: Kysely<DatabaseTables>): SqlClient {
  return {
    async query<Row extends object>(sql: string, values: unknown[] = []) {
      const { rows } = await tables.executeQuery(CompiledQuery.raw(sql, values) as CompiledQuery<Row>);
      return { rows };
    },
  };
}
