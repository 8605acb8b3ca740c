import { join } from "node:path";
import { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
import { onTestFinished } from "vitest";
import { sampleStartMs } from "../src/contract/index.js";
import type { OpenSqliteLedger } from "../src/sqlite/index.js";
import { type SqliteLedgerOptions, startSqliteLedger } from "../src/sqlite/open-sqlite-ledger.js";
import { createRecordingLog, type RecordingLog } from "./recording-log.js";

export interface TestLedger extends OpenSqliteLedger {
  readonly clock: ManualClock;
  readonly log: RecordingLog;
}

export function databasePath(directory: string): string {
  return join(directory, "ledger.sqlite");
}

export function bodiesDirectory(directory: string): string {
  return join(directory, "bodies");
}

/** Opens the ledger of the directory, or makes it. Closed with the test, unless it is before. */
export async function openLedger(directory: string, options: Partial<SqliteLedgerOptions> = {}): Promise<TestLedger> {
  const clock = createManualClock(sampleStartMs);
  const log = createRecordingLog();
  const starting = startSqliteLedger({
    databasePath: databasePath(directory),
    bodiesDirectory: bodiesDirectory(directory),
    filesDirectory: join(directory, "files"),
    isExpected: false,
    clock,
    log,
    fsync: "interval",
    whenWriteFails: "fail",
    maxPendingBytes: 1 << 26,
    fullBodyFileBytes: 1 << 26,
    packEveryMs: null,
    requireHeld: async () => undefined,
    ...options,
  });
  const opened = await starting.open();
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= opened.close();
    return closing;
  };
  onTestFinished(close);
  return { ...opened, clock, log, close };
}
