import { afterAll, beforeAll, describe } from "vitest";
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
} from "../../packages/stores/src/postgres/testing/start-postgres.ts";

/** Tests on a database server of their own; skipped, saying why, where PostgreSQL is not installed. */
export function describeWithPostgres(title: string, define: (server: () => PostgresServer) => void): void {
  const bin = findPostgres();
  describe.skipIf(bin === null)(bin === null ? `${title} (skipped: apt-get install postgresql)` : title, () => {
    let server: PostgresServer | undefined;
    beforeAll(async () => {
      server = await startPostgres(bin ?? "");
    });
    afterAll(() => server?.dispose());
    define(() => {
      if (server === undefined) throw new Error("the database server is not started yet");
      return server;
    });
  });
}
