/** A connection, as far as statements in SQL need one. */
export interface SqlClient {
  query<Row extends object>(sql: string, values?: unknown[]): Promise<{ readonly rows: Row[] }>;
}
