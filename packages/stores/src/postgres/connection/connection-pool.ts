import type { Log } from "@copilot-llm/model";
import pg from "pg";
import { describeOutage, isOutage } from "./outage.js";

/** Connections for one purpose, so that slow work of another kind cannot take them all. */
export class ConnectionPool {
  readonly #pool: pg.Pool;

  constructor(settings: pg.ClientConfig, max: number, log: Log) {
    this.#pool = createPool(settings, max, log);
  }

  /** A connection that failed is not used again. */
  async use<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let isBroken = false;
    try {
      return await work(client);
    } catch (error) {
      isBroken = isOutage(error);
      throw error;
    } finally {
      client.release(isBroken);
    }
  }

  /** All of the work is done, or none of it; after an outage nobody knows which. */
  transaction<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    return this.use(async (client) => {
      await client.query("BEGIN");
      try {
        const result = await work(client);
        await client.query("COMMIT");
        return result;
      } catch (error) {
        if (!isOutage(error)) await client.query("ROLLBACK");
        throw error;
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

export function createPool(settings: pg.ClientConfig, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({ ...settings, max, idleTimeoutMillis: 60_000, maxLifetimeSeconds: 600 });
  // An idle connection that breaks leaves the pool by itself; one in use fails the query that is under way or the next.
  pool.on("error", (error) => log.debug("An idle database connection ended.", { reason: describeOutage(error) }));
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
