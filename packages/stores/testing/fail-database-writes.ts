import type { WriteFaults } from "../src/contract/index.js";
import { openDatabase } from "../src/sqlite/driver/open-database.js";

const tables = [
  "records",
  "key_usage",
  "audit_events",
  "forgotten_records",
  "pending_removals",
  "pending_erasures",
  "batches",
  "batch_items",
  "batch_answers",
  "pending_item_removals",
];
const changes = ["INSERT", "UPDATE", "DELETE"];

/** Makes the ledger's database refuse rows, as one on a full disk would; what is done is undone with the rest. */
export async function failDatabaseWrites(path: string, { from, isLasting }: WriteFaults): Promise<void> {
  const triggers = tables.flatMap((table) =>
    changes.map(
      (change) => `CREATE TRIGGER fault_${table}_${change} BEFORE ${change} ON ${table} BEGIN
        UPDATE fault_count SET writes = writes + 1;
        SELECT RAISE(FAIL, 'no space left on device') FROM fault_count WHERE writes ${isLasting ? ">=" : "="} ${from};
      END;`,
    ),
  );
  await runSql(
    path,
    `${dropFaults} CREATE TABLE fault_count (writes INTEGER); INSERT INTO fault_count VALUES (0); ${triggers.join("\n")}`,
  );
}

export function endDatabaseFaults(path: string): Promise<void> {
  return runSql(path, dropFaults);
}

const dropFaults = `${tables
  .flatMap((table) => changes.map((change) => `DROP TRIGGER IF EXISTS fault_${table}_${change};`))
  .join("\n")} DROP TABLE IF EXISTS fault_count;`;

async function runSql(path: string, sql: string): Promise<void> {
  const database = await openDatabase(path, { readOnly: false, busyTimeoutMs: 1000 });
  database.exec(`BEGIN IMMEDIATE; ${sql} COMMIT;`);
  database.close();
}
