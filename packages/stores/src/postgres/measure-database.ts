import { sql } from "kysely";
import type { StoreSize } from "../interfaces/store-size.js";
import type { Database } from "./connection/database.js";

interface Sizes {
  readonly bytes: string;
  readonly recording_bytes: string;
}

/** What the whole database takes, and of it the days of records. */
export async function measureDatabase(database: Database): Promise<StoreSize> {
  const { rows } = await database.read((tables) =>
    sql<Sizes>`
      SELECT pg_database_size(current_database()) AS bytes,
        (SELECT coalesce(sum(pg_total_relation_size(inhrelid)), 0) FROM pg_inherits
         WHERE inhparent = 'request_records'::regclass) AS recording_bytes`.execute(tables),
  );
  const [sizes] = rows;
  return { bytes: Number(sizes?.bytes ?? 0), recordingBytes: Number(sizes?.recording_bytes ?? 0) };
}
