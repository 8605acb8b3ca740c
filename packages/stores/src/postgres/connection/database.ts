import { GatewayError, type Log, type Secret } from "@copilot-llm/model";
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import type { StoreChange } from "../../interfaces/change-feed.js";
import { changeChannel, encodeChange } from "../change-message.js";
import { clientSettings } from "./client-settings.js";
import { createPool } from "./connection-pool.js";
import type { DatabaseTables } from "./database-tables.js";
import { createUnavailable, isOutage, sqlState } from "./outage.js";

const queryTimeoutMs = 30_000;
const maxConnections = 8;

export interface DatabaseOptions {
  readonly databaseUrl: Secret;
  readonly gatewayId: string;
  readonly log: Log;
}

/** Tells other gateways of a change, if and when the transaction it belongs to is committed. */
export type Announce = (change: StoreChange) => void;

/** What stores need of the database. */
export interface DatabaseAccess {
  read<Result>(work: (tables: Kysely<DatabaseTables>) => Promise<Result>): Promise<Result>;
  /** All of the work and what it announces, or nothing. */
  change<Result>(work: (tables: Transaction<DatabaseTables>, announce: Announce) => Promise<Result>): Promise<Result>;
}

/** The tables for everything but the ledger's hot path. While they cannot be reached, it throws `unavailable`. */
export class Database implements DatabaseAccess {
  readonly #tables: Kysely<DatabaseTables>;
  readonly #gatewayId: string;
  #isClosed = false;

  constructor({ databaseUrl, gatewayId, log }: DatabaseOptions) {
    this.#gatewayId = gatewayId;
    const pool = createPool(clientSettings(databaseUrl, queryTimeoutMs), maxConnections, log);
    this.#tables = new Kysely({ dialect: new PostgresDialect({ pool }) });
  }

  async read<Result>(work: (tables: Kysely<DatabaseTables>) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new GatewayError("unavailable", "The gateway is stopping.");
    try {
      return await work(this.#tables);
    } catch (error) {
      throw mapFailure(error);
    }
  }

  change<Result>(work: (tables: Transaction<DatabaseTables>, announce: Announce) => Promise<Result>): Promise<Result> {
    return this.read((tables) =>
      tables.transaction().execute(async (transaction) => {
        const announced: StoreChange[] = [];
        const result = await work(transaction, (change) => announced.push(change));
        for (const change of announced) {
          const message = encodeChange(this.#gatewayId, change);
          await sql`SELECT pg_notify(${changeChannel}, ${message})`.execute(transaction);
        }
        return result;
      }),
    );
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.#tables.destroy();
  }
}

function mapFailure(error: unknown): unknown {
  if (isOutage(error)) return createUnavailable(error);
  if (sqlState(error)?.startsWith("22") === true) {
    return new GatewayError("invalid_request", "A value holds characters that cannot be stored.", { cause: error });
  }
  return error;
}
