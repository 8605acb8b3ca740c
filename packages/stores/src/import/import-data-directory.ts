import type { Clock, Log, Secret } from "@copilot-llm/model";
import type { Transaction } from "kysely";
import { createStoreFailure } from "../failure/store-failure.js";
import type { Stores } from "../interfaces/stores.js";
import type { LowdbStores } from "../lowdb/open-lowdb-stores.js";
import { createFileStore } from "../postgres/batches/postgres-file-store.js";
import { Database, type DatabaseAccess } from "../postgres/connection/database.js";
import type { DatabaseTables } from "../postgres/connection/database-tables.js";
import { createSqlClient } from "../postgres/connection/sql-client.js";
import { createAuditStore } from "../postgres/postgres-audit-store.js";
import { createInviteStore } from "../postgres/postgres-invite-store.js";
import { createKeyStore } from "../postgres/postgres-key-store.js";
import { createQuotaCycleStore } from "../postgres/postgres-quota-cycle-store.js";
import { createSettingsStore } from "../postgres/postgres-settings-store.js";
import { createTeamStore } from "../postgres/postgres-team-store.js";
import { createTokenStore } from "../postgres/postgres-token-store.js";
import { prepareDatabase } from "../postgres/prepare-database.js";
import { createUserStore } from "../postgres/users/postgres-user-store.js";
import { parseEncryptionKey } from "../secrets/encryption-key.js";
import { createTokenCipher } from "../secrets/token-cipher.js";
import { importBatches } from "./import-batches.js";
import { importLedger } from "./import-ledger.js";

export interface ImportOptions {
  /** The stores of the data directory; no gateway uses it while they are open. */
  readonly source: LowdbStores;
  readonly databaseUrl: Secret;
  /** The key of the database's gateways; tokens are encrypted with it anew. */
  readonly encryptionKey: Secret;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ImportSummary {
  readonly tokens: number;
  readonly keys: number;
  readonly users: number;
  readonly auditEvents: number;
  readonly records: number;
  readonly batches: number;
}

type Configuration = Pick<
  Stores,
  "tokens" | "keys" | "invites" | "teams" | "users" | "settings" | "quotaCycles" | "audit"
>;

const auditPage = 500;

/**
 * Moves a data directory into an empty database that no gateway uses: all of it or, when anything fails, nothing. The
 * directory stays as it is. Sign-ins are not taken along. Refuses with one line, fit for the operator.
 */
export async function importDataDirectory(options: ImportOptions): Promise<ImportSummary> {
  const { source, databaseUrl, clock, log } = options;
  const cipher = createTokenCipher(await parseEncryptionKey(options.encryptionKey));
  await prepareDatabase(databaseUrl, cipher.keyId);
  const database = new Database({ databaseUrl, gatewayId: "import", log });
  try {
    return await database.change(async (tables) => {
      await requireUnused(tables);
      const access = within(tables);
      const target: Configuration = {
        tokens: createTokenStore(access, cipher),
        keys: createKeyStore(access, null),
        invites: createInviteStore(access, clock),
        teams: createTeamStore(access, clock),
        users: createUserStore(access, clock),
        settings: createSettingsStore(access),
        quotaCycles: createQuotaCycleStore(access),
        audit: createAuditStore(access),
      };
      const copied = await copyConfiguration(source, target);
      const client = createSqlClient(tables);
      const contents = source.ledgerContents();
      const records = await importLedger(client, contents, log);
      const batches = await importBatches(client, createFileStore(access), contents);
      return { ...copied, records, batches };
    });
  } finally {
    await database.close();
  }
}

/** Holds off gateways that start meanwhile. */
async function requireUnused(tables: Transaction<DatabaseTables>): Promise<void> {
  const client = createSqlClient(tables);
  await client.query("LOCK TABLE gateways IN EXCLUSIVE MODE");
  const { rows } = await client.query<{ alive: boolean; used: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM gateways WHERE seen_at > now() - interval '15 s') AS alive,
       EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM api_keys) OR EXISTS (SELECT 1 FROM github_tokens)
         OR EXISTS (SELECT 1 FROM settings) OR EXISTS (SELECT 1 FROM audit_events)
         OR EXISTS (SELECT 1 FROM key_usage) OR EXISTS (SELECT 1 FROM statistics_cells) AS used`,
  );
  if (rows[0]?.alive === true) throw createStoreFailure("The database is used by a gateway: stop it first.");
  if (rows[0]?.used === true) {
    throw createStoreFailure("The database holds data already: import into an empty one. Nothing was changed.");
  }
}

async function copyConfiguration(source: Configuration, target: Configuration) {
  const tokens = await source.tokens.list();
  for (const token of tokens) await target.tokens.create(token, null);
  const teams = await source.teams.list();
  for (const team of teams) await target.teams.create(team, null);
  // Earlier versions could leave the id of a team that is gone; it meant nothing.
  const kept = (teamId: string | null) => (teams.some(({ id }) => id === teamId) ? teamId : null);
  const keys = await source.keys.list();
  for (const key of keys) await target.keys.create({ ...key, teamId: kept(key.teamId) }, null);
  for (const { key, ...invite } of await source.invites.list()) {
    await target.invites.create({ ...invite, key: { ...key, teamId: kept(key.teamId) } }, null);
  }
  const users = await source.users.list();
  for (const user of users) await target.users.create(user, null);
  const settings = await source.settings.read();
  await target.settings.update(() => settings, null);
  await target.quotaCycles.note(await source.quotaCycles.list(0));
  const events = [];
  for (let before: string | undefined; ; ) {
    const page = await source.audit.list({ limit: auditPage, ...(before === undefined ? {} : { before }) });
    events.push(...page);
    before = page.at(-1)?.id;
    if (page.length < auditPage) break;
  }
  for (const event of events.reverse()) await target.audit.append(event);
  return { tokens: tokens.length, keys: keys.length, users: users.length, auditEvents: events.length };
}

/** Stores that take part in the transaction. */
function within(tables: Transaction<DatabaseTables>): DatabaseAccess {
  return { read: (work) => work(tables), change: (work) => work(tables, () => undefined) };
}
