import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { createRecordingLog } from "../../../testing/recording-log.js";
import type { Stores } from "../../interfaces/stores.js";
import { openPostgresStores, type PostgresStoresOptions } from "../open-postgres-stores.js";
import { findPostgres, type PostgresServer, startPostgres } from "./start-postgres.js";

export interface PostgresFixture {
  /** The server of this file's tests. */
  readonly server: PostgresServer;
  /** A gateway's stores, with the system's clock and a spool of its own unless given; closed after the test. */
  openGateway(databaseUrl: Secret, options?: Partial<PostgresStoresOptions>): Promise<Stores>;
  createSpoolDir(): Promise<string>;
}

/** 32 bytes, since a passphrase costs time. */
export const encryptionKey = new Secret("5e".repeat(32));

/** Tests on a server of their own; skipped where PostgreSQL is not installed. */
export function describeWithPostgres(name: string, define: (postgres: PostgresFixture) => void): void {
  const bin = findPostgres();
  const title = bin === null ? `${name} (skipped: apt-get install postgresql)` : name;
  describe.skipIf(bin === null)(title, () => {
    let server: PostgresServer | null = null;
    let cleanups: (() => Promise<void>)[] = [];
    beforeAll(async () => {
      server = await startPostgres(bin ?? "");
    }, 60_000);
    afterEach(async () => {
      const due = cleanups.reverse();
      cleanups = [];
      for (const cleanUp of due) await cleanUp();
    });
    afterAll(() => server?.dispose());

    async function createSpoolDir(): Promise<string> {
      const path = await mkdtemp(join(tmpdir(), "spool-"));
      cleanups.push(() => rm(path, { recursive: true, force: true }));
      return path;
    }

    define({
      get server() {
        if (server === null) throw new Error("the server is not started yet");
        return server;
      },
      createSpoolDir,
      async openGateway(databaseUrl, options = {}) {
        const spoolDir = options.spoolDir ?? (await createSpoolDir());
        const log = createRecordingLog();
        const stores = await openPostgresStores({
          databaseUrl,
          encryptionKey,
          clock: systemClock,
          log,
          ...options,
          spoolDir,
        });
        cleanups.push(() => stores.close());
        return stores;
      },
    });
  });
}
