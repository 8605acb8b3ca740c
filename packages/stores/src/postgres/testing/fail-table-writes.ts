import type { Secret } from "@copilot-llm/model";
import type { WriteFaults } from "../../contract/index.js";
import { withClient } from "./start-postgres.js";

/** What gateways keep of each other is left alone. */
const tables = [
  "github_tokens",
  "api_keys",
  "users",
  "login_sessions",
  "setup_codes",
  "settings",
  "audit_events",
  "key_usage",
  "request_records",
  "files",
  "batches",
  "batch_items",
];

/** Makes the database refuse statements that write, as a server with a full disk would, and at last the commit itself. */
export async function failTableWrites(databaseUrl: Secret, { from, isLasting }: WriteFaults): Promise<void> {
  const triggers = tables.map(
    (table) => `CREATE OR REPLACE TRIGGER fault BEFORE INSERT OR UPDATE OR DELETE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION count_write();`,
  );
  await runSql(
    databaseUrl,
    `CREATE SEQUENCE IF NOT EXISTS counted_writes;
     SELECT setval('counted_writes', 1, false);
     CREATE OR REPLACE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('counted_writes') ${isLasting ? ">=" : "="} ${from} THEN
         RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full';
       END IF;
       RETURN NULL;
     END $$;
     ${triggers.join("\n")}
     DROP TRIGGER IF EXISTS fault_at_commit ON audit_events;
     CREATE CONSTRAINT TRIGGER fault_at_commit AFTER INSERT ON audit_events DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION count_write();`,
  );
}

export async function endTableFaults(databaseUrl: Secret): Promise<void> {
  await runSql(databaseUrl, "DROP FUNCTION IF EXISTS count_write CASCADE; DROP SEQUENCE IF EXISTS counted_writes;");
}

async function runSql(databaseUrl: Secret, sql: string): Promise<void> {
  await withClient(databaseUrl.reveal(), (client) => client.query(sql));
}
