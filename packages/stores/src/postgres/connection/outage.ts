import { GatewayError } from "@copilot-llm/model";
import pg from "pg";

/** Classes and codes with which a server says that it cannot serve now, whatever the statement. */
const outageCodes = /^(08|53|58|57P0|25006|55P03|57014)/;

/** Whether trying again later may help: no connection, a server that goes down or is full, a statement out of time. */
export function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return outageCodes.test(error.code ?? "");
  // The client library and the system throw plain errors; a TypeError would be a bug.
  return error instanceof Error && (error.name === "Error" || error.name === "AggregateError");
}

/** Whether the server gave up one of two transactions that waited for each other. */
export function isCollision(error: unknown): boolean {
  return sqlState(error) === "40P01" || sqlState(error) === "40001";
}

/** The server's five-character code, where the error is the server's. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** What an outage is to an operator: no address and no credential. */
export function describeOutage(error: unknown): string {
  if (error instanceof pg.DatabaseError) return `PostgreSQL refuses: ${error.message}`;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
  return `PostgreSQL cannot be reached: ${code ?? (error instanceof Error ? error.message : "unknown failure")}`;
}

export function createUnavailable(cause?: unknown): GatewayError {
  return new GatewayError("unavailable", "The gateway's database cannot be reached at the moment; try again.", {
    cause,
    retryAfterMs: 1000,
  });
}
