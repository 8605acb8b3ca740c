import type { Secret } from "@copilot-llm/model";
import pg from "pg";

const bigint = 20;
const numeric = 1700;

/** Milliseconds, counts and sums stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === bigint || oid === numeric ? Number : pg.types.getTypeParser(oid, format)),
};

const connectTimeoutMs = 3000;

/** For a connection that gives up a statement after `queryTimeoutMs`, also when the server says nothing any more. */
export function clientSettings(databaseUrl: Secret, queryTimeoutMs: number, name = "copilot-llm"): pg.ClientConfig {
  return {
    connectionString: databaseUrl.reveal(),
    application_name: name,
    // Compiling a statement over many partitions takes longer than running it.
    options: "-c jit=off",
    types,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: queryTimeoutMs,
    query_timeout: queryTimeoutMs + 1000,
    idle_in_transaction_session_timeout: 30_000,
  };
}
