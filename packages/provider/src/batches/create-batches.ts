import {
  type ApiKey,
  type Cancel,
  type Clock,
  GatewayError,
  type Log,
  type Randomness,
  type Settings,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Stores } from "@copilot-llm/stores";
import type { Audit } from "../admin/audit.js";
import type { LiveEvents } from "../changes/live-events.js";
import type { Ids } from "../identity/ids.js";
import { randomBase62 } from "../identity/random-text.js";
import type { QuotaWatch } from "../quota/quota-watch.js";
import type { ServeAnswer, ServeCall } from "../serve/serve-call.js";
import { BatchAdmin } from "./batch-admin.js";
import { BatchFiles } from "./batch-files.js";
import { BatchIntake } from "./batch-intake.js";
import type { OwnerSources } from "./batch-owner.js";
import { type BatchItemOutcome, BatchRunner, type BatchRunnerReading } from "./batch-runner.js";
import { OwnBatches } from "./own-batches.js";
import { createRunItem } from "./run-item.js";
import { SpareQuota } from "./spare-quota.js";

export interface CreateBatchesOptions {
  readonly stores: Pick<Stores, "batches" | "files" | "health" | "keys" | "users">;
  readonly pool: Pick<Pool, "entities" | "sparePlaces" | "waiting" | "tokens" | "onStateChange" | "onNobodyWaits">;
  readonly serve: (call: ServeCall) => Promise<ServeAnswer>;
  readonly actAsKey: OwnerSources["actAsKey"];
  readonly hasModel: (asked: string, key: ApiKey | null) => boolean;
  readonly settings: () => Settings;
  readonly hasLegacyKey: boolean;
  readonly maxRequestBytes: number;
  readonly quota: Pick<QuotaWatch, "subscribe">;
  readonly events: Pick<LiveEvents, "subscribe">;
  readonly onBatchItem?: (outcome: BatchItemOutcome) => void;
  readonly ids: Ids;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** Many requests at once, run on quota to spare: docs/quota.md#batches. */
export interface Batches {
  readonly files: BatchFiles;
  readonly intake: BatchIntake;
  readonly own: OwnBatches;
  readonly admin: BatchAdmin;
  /** How this gateway works on them. */
  readRunner(): BatchRunnerReading;
  /** Begins nothing more, and gives what is under way so long. Never rejects. */
  drain(timeoutMs: number): Promise<void>;
}

const workerIdCharacters = 12;

export function createBatches(options: CreateBatchesOptions): Batches & { start(): void } {
  const { stores, pool, settings, actAsKey, hasLegacyKey, ids, clock, randomness, events, quota } = options;
  const { onBatchItem = () => {} } = options;
  const spare = new SpareQuota();
  const runItem = createRunItem({
    ...options,
    spare,
    owners: { ...stores, actAsKey, isLegacyKeyOpen: () => hasLegacyKey && settings().legacyKeyEnabled },
  });
  const runner = new BatchRunner({
    ...options,
    runItem,
    settings: () => settings().batches,
    onItemEnd: onBatchItem,
    workerId: randomBase62(randomness, workerIdCharacters),
  });
  const requireEnabled = (): void => {
    if (settings().batches.enabled) return;
    throw new GatewayError(
      "permission_denied",
      "Batches are turned off here. An admin has to turn them on in the gateway's settings.",
    );
  };
  const own = new OwnBatches(stores.batches, clock);
  let stops: readonly Cancel[] = [];
  return {
    files: new BatchFiles({ files: stores.files, ids, clock, requireEnabled }),
    intake: new BatchIntake({ ...options, requireEnabled, onStarted: runner.lookAgain }),
    own,
    admin: new BatchAdmin({ ...options, batches: stores.batches }),
    readRunner: () => runner.read(),
    start() {
      stops = [
        pool.onStateChange(runner.wake),
        pool.onNobodyWaits(runner.wake),
        quota.subscribe((forecast) => {
          spare.takeForecast(forecast);
          runner.wake();
        }),
        events.subscribe({
          onEvent: ({ kind }) => {
            if (kind === "settings_changed" || kind === "key_changed") runner.wake();
          },
          onGap: () => {},
          onEnd: () => {},
        }),
      ];
      runner.start();
    },
    async drain(timeoutMs) {
      for (const stop of stops) stop();
      stops = [];
      await runner.drain(timeoutMs);
    },
  };
}
