import { existsSync } from "node:fs";
import path from "node:path";
import type { Log } from "@copilot-llm/model";
import { importDataDirectory } from "@copilot-llm/stores/import";
import { type LowdbStores, openLowdbStores } from "@copilot-llm/stores/lowdb";
import { SettingError } from "../../env/setting-error.js";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { createProgress } from "../progress.js";
import { requireDataDirectory } from "./back-up.js";

/** Copies a data directory into the empty database of the settings. */
export async function importDirectory(dataDir: string, context: CommandContext, log: Log): Promise<CommandResult> {
  const { databaseUrl, encryptionKey } = context.readSettings();
  if (databaseUrl === null || encryptionKey === null) {
    throw new SettingError("DATABASE_URL", null, "import needs postgres://user:password@host:port/database");
  }
  requireDataDirectory(dataDir);
  const { clock } = context;
  // A key that was generated lies in the directory; else the directory's gateway had the one of the settings.
  const isKeyInside = existsSync(path.join(dataDir, "encryption.key"));
  const source = await openLowdbStores({ dataDir, encryptionKey: isKeyInside ? null : encryptionKey, clock, log });
  const progress = createProgress(context, "Importing", (records) => `${records} requests`);
  try {
    const counted = countRecords(source, (records) => progress.show(records, null));
    const summary = await importDataDirectory({ source: counted, databaseUrl, encryptionKey, clock, log });
    const { tokens, keys, users, records, batches, auditEvents } = summary;
    return {
      text: `${dataDir} is imported (tokens: ${tokens}, keys: ${keys}, users: ${users}, records: ${records}, batches: ${batches}).`,
      json: { data_dir: dataDir, tokens, keys, users, records, batches, audit_events: auditEvents },
    };
  } finally {
    progress.end();
    await source.close();
  }
}

/** The same stores; `onCount` is told how many of their records were read so far. */
function countRecords(stores: LowdbStores, onCount: (records: number) => void): LowdbStores {
  return {
    ...stores,
    ledgerContents() {
      const contents = stores.ledgerContents();
      return {
        ...contents,
        async *records() {
          let records = 0;
          for await (const entry of contents.records()) {
            records += 1;
            onCount(records);
            yield entry;
          }
        },
      };
    },
  };
}
