import { randomUUID } from "node:crypto";
import { type Clock, hourMs, type Log, type Secret } from "@copilot-llm/model";
import type { Stores } from "../interfaces/stores.js";
import { parseEncryptionKey } from "../secrets/encryption-key.js";
import { createTokenCipher } from "../secrets/token-cipher.js";
import { createBatchStore } from "./batches/postgres-batch-store.js";
import { createFileStore } from "./batches/postgres-file-store.js";
import { decodeChange } from "./change-message.js";
import { clientSettings } from "./connection/client-settings.js";
import { ConnectionPool } from "./connection/connection-pool.js";
import { Database } from "./connection/database.js";
import { GatewayLink } from "./connection/gateway-link.js";
import { KeyCache } from "./key-cache.js";
import { Partitions } from "./ledger/partitions.js";
import { createLedger } from "./ledger/postgres-ledger.js";
import { RecordWriter } from "./ledger/record-writer.js";
import { Reservations } from "./ledger/reservations.js";
import { measureDatabase } from "./measure-database.js";
import { createAuditStore } from "./postgres-audit-store.js";
import { PostgresChangeFeed } from "./postgres-change-feed.js";
import { createInviteStore } from "./postgres-invite-store.js";
import { createKeyStore, listKeys } from "./postgres-key-store.js";
import { createQuotaCycleStore } from "./postgres-quota-cycle-store.js";
import { createSettingsStore } from "./postgres-settings-store.js";
import { createTeamStore } from "./postgres-team-store.js";
import { createTokenStore } from "./postgres-token-store.js";
import { describeOpenFailure, prepareDatabase } from "./prepare-database.js";
import { createSessions } from "./sessions/postgres-sessions.js";
import { SpoolDirectory } from "./spool/spool-directory.js";
import { createStatistics } from "./statistics/postgres-statistics.js";
import { createUserStore } from "./users/postgres-user-store.js";

export interface PostgresStoresOptions {
  /** `postgres://…`. The connections must be direct or pooled by session: changes are told by LISTEN and NOTIFY. */
  readonly databaseUrl: Secret;
  /** What `ENCRYPTION_KEY` says: the same for every gateway of the database. */
  readonly encryptionKey: Secret;
  /** Where records wait while the database is gone. Gateways on one machine may share it. */
  readonly spoolDir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** More than this waiting for the database, and reservations are refused. Default 256 MiB. */
  readonly maxPendingBytes?: number;
}

const ledgerTimeoutMs = 5000;
/** One for reservations, one for records, one for what is released or delivered from disk. */
const ledgerConnections = 3;
const partitionsAheadDays = 3;
const partitionsEveryMs = 6 * hourMs;

/**
 * Opens the stores of all gateways that share the database. Migrates it first. Refuses with one line (`GatewayError`
 * `unavailable`, fit for the operator) when it cannot be used. Later the database may go and come back: see `health`.
 */
export async function openPostgresStores(options: PostgresStoresOptions): Promise<Stores> {
  const { databaseUrl, clock, log, spoolDir } = options;
  const cipher = createTokenCipher(await parseEncryptionKey(options.encryptionKey));
  await prepareDatabase(databaseUrl, cipher.keyId);

  const gatewayId = randomUUID();
  const spool = await SpoolDirectory.open({ path: spoolDir, gatewayId, clock, log });
  const database = new Database({ databaseUrl, gatewayId, log });
  const pool = new ConnectionPool(clientSettings(databaseUrl, ledgerTimeoutMs), ledgerConnections, log);
  const cache = new KeyCache({ load: () => listKeys(database), hearsChanges: () => link.hearsChanges });
  const partitions = new Partitions(pool);
  const link: GatewayLink = new GatewayLink({
    databaseUrl,
    gatewayId,
    clock,
    log,
    onMessage(message) {
      const told = decodeChange(message, gatewayId);
      if (told === null) return;
      if (told.change.kind === "key_stored") cache.invalidate();
      changes.tell(told.change, told.origin);
    },
    async restore(client) {
      await reservations.restore(client);
      await writer.deliver();
    },
    onUp() {
      cache.invalidate();
      changes.tell({ kind: "interrupted" }, "elsewhere");
      // What came between the last look at the spool and now.
      writer.deliver().catch(() => link.suspect());
      void reservations.giveBack();
    },
  });
  const changes = new PostgresChangeFeed(gatewayId, log, (sql, values) => link.send(sql, values));
  const reservations = new Reservations({ pool, link, gatewayId });
  const writer: RecordWriter = new RecordWriter({
    pool,
    link,
    partitions,
    spool,
    log,
    maxPendingBytes: options.maxPendingBytes ?? 256 << 20,
    onRecorded: (requestId) => reservations.settled(requestId),
  });
  let cancelPartitions = () => {};
  async function keepPartitionsAhead(): Promise<void> {
    cancelPartitions = clock.schedule(partitionsEveryMs, () => {
      keepPartitionsAhead().catch((error: unknown) => log.warn("Days ahead could not be prepared.", { error }));
    });
    await partitions.ensureAhead(clock.nowMs(), partitionsAheadDays);
  }

  async function close(): Promise<void> {
    cancelPartitions();
    await writer.settle();
    await reservations.settle();
    await link.close();
    await database.close();
    await pool.close();
    await spool.close();
  }

  try {
    await link.open();
    await keepPartitionsAhead();
  } catch (error) {
    await close();
    throw describeOpenFailure(error);
  }
  let closing: Promise<void> | null = null;
  return {
    tokens: createTokenStore(database, cipher),
    keys: createKeyStore(database, cache),
    invites: createInviteStore(database, clock),
    teams: createTeamStore(database, clock),
    users: createUserStore(database, clock),
    settings: createSettingsStore(database),
    audit: createAuditStore(database),
    ledger: createLedger({ database, reservations, writer, partitions, clock }),
    statistics: createStatistics(database, clock),
    sessions: createSessions(database, clock),
    quotaCycles: createQuotaCycleStore(database),
    files: createFileStore(database),
    batches: createBatchStore(database),
    changes,
    health() {
      if (writer.isOverloaded) return { ok: false, reason: "PostgreSQL is too slow: too many records wait for it." };
      return link.health;
    },
    size: () => measureDatabase(database),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
