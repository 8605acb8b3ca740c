import type { Secret } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { describeWithPostgres } from "../testing/describe-with-postgres.js";
import { withClient } from "../testing/start-postgres.js";
import { migrate } from "./migrate.js";
import type { Migration } from "./migration.js";
import { migrations } from "./migrations.js";

const next: Migration = { name: "next", statements: "CREATE TABLE next_thing (id integer)" };

function migrateTo(databaseUrl: Secret, known: readonly Migration[]): Promise<void> {
  return withClient(databaseUrl.reveal(), (client) => migrate(client, known));
}

async function query(databaseUrl: Secret, sql: string): Promise<readonly unknown[]> {
  return (await withClient(databaseUrl.reveal(), (client) => client.query(sql))).rows;
}

function readSchema(databaseUrl: Secret): Promise<readonly unknown[]> {
  return query(
    databaseUrl,
    `SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY table_name, column_name`,
  );
}

describeWithPostgres("migrations", (postgres) => {
  it("lead from every earlier version to the same schema", async () => {
    const fresh = await postgres.server.createDatabase();
    await migrateTo(fresh, migrations);
    for (let version = 1; version <= migrations.length; version += 1) {
      const databaseUrl = await postgres.server.createDatabase();
      await migrateTo(databaseUrl, migrations.slice(0, version));
      await migrateTo(databaseUrl, migrations);
      expect(await readSchema(databaseUrl)).toEqual(await readSchema(fresh));
    }
  });

  it("are made once by gateways that start together, and only those that are new", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    await Promise.all(Array.from({ length: 5 }, () => migrateTo(databaseUrl, migrations)));
    await migrateTo(databaseUrl, [...migrations, next]);
    const rows = await query(databaseUrl, "SELECT name FROM schema_versions ORDER BY version");
    expect(rows).toEqual([...migrations, next].map(({ name }) => ({ name })));
  });

  it("leave the database as it is when one fails", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    await migrateTo(databaseUrl, migrations);
    const broken = { name: "broken", statements: "SELECT nonsense" };
    await expect(migrateTo(databaseUrl, [...migrations, next, broken])).rejects.toThrow("nonsense");
    expect(await query(databaseUrl, "SELECT to_regclass('next_thing') AS found")).toEqual([{ found: null }]);
    await migrateTo(databaseUrl, [...migrations, next]);
  });

  it("refuse a database of a newer version, and stores do not open on it", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    await migrateTo(databaseUrl, [...migrations, next]);
    await expect(postgres.openGateway(databaseUrl)).rejects.toThrow(
      `schema version ${migrations.length + 1}, made by a newer version of the gateway`,
    );
  });
});
