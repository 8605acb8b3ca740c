import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { AuditEvent, Log, Randomness } from "@copilot-llm/model";
import { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
import type { Stores } from "@copilot-llm/stores";
import { openLowdbStores } from "@copilot-llm/stores/lowdb";
import { onTestFinished } from "vitest";
import { type Audit, createAudit } from "../admin/audit.js";
import { createIds, type Ids } from "../identity/ids.js";
import { deriveKey } from "../passwords/derive-key.js";
import { PasswordHasher } from "../passwords/password-hasher.js";

/** What the admin's verbs stand on: real stores in a directory of their own, and a clock that the test moves. */
export interface Bench {
  readonly stores: Stores;
  readonly clock: ManualClock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly ids: Ids;
  readonly audit: Audit;
  readonly passwords: PasswordHasher;
  /** The trail, oldest first. */
  trail(): Promise<readonly AuditEvent[]>;
}

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Closed and removed when the test has finished. */
export async function openBench(): Promise<Bench> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "copilot-llm-provider-"));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const clock = createManualClock();
  const stores = await openLowdbStores({ dataDir, encryptionKey: null, clock, log: silentLog });
  onTestFinished(() => stores.close());
  const randomness: Randomness = { next: () => 0.5, bytes: randomBytes };
  const ids = createIds(clock, randomness);
  const audit = createAudit(clock, ids);
  return {
    stores,
    clock,
    randomness,
    log: silentLog,
    ids,
    audit,
    passwords: new PasswordHasher({ randomness, derive: deriveKey }),
    trail: async () => [...(await stores.audit.list({ limit: 1_000 }))].reverse(),
  };
}
