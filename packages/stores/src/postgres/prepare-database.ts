import { GatewayError, type Secret } from "@copilot-llm/model";
import pg from "pg";
import { createStoreFailure } from "../failure/store-failure.js";
import { clientSettings } from "./connection/client-settings.js";
import { describeOutage } from "./connection/outage.js";
import { migrate } from "./migrations/migrate.js";
import { requireEncryptionKey } from "./require-encryption-key.js";

const migrationTimeoutMs = 15 * 60_000;

/** Migrates the database and makes sure of the encryption key; refuses with one line. */
export async function prepareDatabase(databaseUrl: Secret, keyId: string): Promise<void> {
  const client = new pg.Client(clientSettings(databaseUrl, migrationTimeoutMs));
  client.on("error", () => undefined);
  try {
    await client.connect();
    await migrate(client);
    await requireEncryptionKey(client, keyId);
  } catch (error) {
    throw describeOpenFailure(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function describeOpenFailure(error: unknown): unknown {
  if (error instanceof GatewayError) return error;
  return createStoreFailure(`DATABASE_URL cannot be used: ${describeOutage(error)}.`, error);
}
