import path from "node:path";
import type { Clock, Log } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";
import { type LowdbStores, openLowdbStores } from "@copilot-llm/stores/lowdb";
import type { GatewaySettings } from "./env/gateway-settings.js";

export interface OpenedStores {
  readonly stores: Stores;
  /** Null: the stores are a database, which has its own means. */
  readonly createBackup: LowdbStores["backup"] | null;
}

/** With a database, `dataDir` holds only what waits for it while it is gone. */
export async function openStores(settings: GatewaySettings, clock: Clock, log: Log): Promise<OpenedStores> {
  const { dataDir, databaseUrl, encryptionKey, fsync } = settings;
  if (databaseUrl === null || encryptionKey === null) {
    // Whoever refuses new requests also lets the answers under way wait for their record.
    const whenWriteFails = settings.whenDiskFull === "refuse" ? "wait" : "fail";
    const stores = await openLowdbStores({ dataDir, encryptionKey, fsync, whenWriteFails, clock, log });
    return { stores, createBackup: stores.backup };
  }
  const spoolDir = path.join(dataDir, "spool");
  // Its driver is a tenth of what a start loads.
  const { openPostgresStores } = await import("@copilot-llm/stores/postgres");
  return { stores: await openPostgresStores({ databaseUrl, encryptionKey, spoolDir, clock, log }), createBackup: null };
}
