import type { ByteStream, CatalogueModel } from "@copilot-llm/model";
import {
  type ApiKey,
  type Batch,
  type BatchItem,
  defaultSettings,
  type RequestRecord,
  type Settings,
} from "@copilot-llm/model";
import { batchEndpointOf } from "@copilot-llm/protocols";
import { expect, onTestFinished } from "vitest";
import { actAsKey } from "../admin/act-as-key.js";
import { createBatches } from "../batches/create-batches.js";
import { LiveEvents } from "../changes/live-events.js";
import type { Principal } from "../identity/principal.js";
import { ModelDirectory } from "../models/model-directory.js";
import type { EntityOutlook, QuotaForecast } from "../quota/quota-figures.js";
import { createServe } from "../serve/create-serve.js";
import { TeamDirectory } from "../teams/team-directory.js";
import { bodyOf, keyWith, openServeBench } from "./open-serve-bench.js";

const chat = batchEndpointOf("openai-chat");

/** Batches over real stores, a real pool and the real pipeline; accounts answer what the test says. */
export async function openBatchBench() {
  const bench = await openServeBench();
  const { stores, pool, clock, ids, log } = bench;
  let settings: Settings = {
    ...defaultSettings,
    batches: { ...defaultSettings.batches, enabled: true, maxInPool: 2, maxPerToken: 2 },
  };
  const key = keyWith();
  await stores.keys.create(key, null);
  const principal: Principal = { kind: "api_key", key };
  const records: RequestRecord[] = [];
  const outcomes: string[] = [];
  const events = new LiveEvents("run");
  let tellForecast: (forecast: QuotaForecast) => void = () => {};
  const serve = createServe({
    ...bench,
    sharing: { publishFailure() {}, publishQuotas() {} },
    teams: new TeamDirectory(stores),
    models: new ModelDirectory(pool),
    onRecord: (record) => records.push(record),
    settings: () => settings,
    recording: "full",
    servesUnrecorded: false,
    failoverDeadlineMs: 60_000,
    heartbeatMs: 15_000,
    maxAnswerBytes: 100_000,
  });
  const batches = createBatches({
    ...bench,
    serve,
    actAsKey: (id) => actAsKey(stores.keys, id, clock),
    hasModel: (asked) => pool.findModel(asked) !== null,
    settings: () => settings,
    hasLegacyKey: false,
    maxRequestBytes: 10_000,
    quota: {
      subscribe(listener) {
        tellForecast = listener;
        return () => {};
      },
    },
    events,
    onBatchItem: (outcome) => outcomes.push(outcome),
  });
  onTestFinished(() => batches.drain(0));
  return {
    ...bench,
    ids,
    log,
    batches,
    key,
    principal,
    records,
    outcomes,
    change(changes: Partial<Settings["batches"]>) {
      settings = { ...settings, batches: { ...settings.batches, ...changes } };
      events.publish({ kind: "settings_changed" });
    },
    changeKey: (changes: Partial<ApiKey>) => stores.keys.update(key.id, () => changes, null),
    /** So much of each entity's quota is to spare. */
    foretell(waste: Readonly<Record<string, number>>, resetAtMs = clock.nowMs() + 1e9) {
      const entities = Object.entries(waste).map(([entityId, p10]) => outlookOf(entityId, p10, resetAtMs));
      tellForecast({ computedAtMs: clock.nowMs(), strategy: "round_robin", entities, pool: [] });
    },
    /** A batch of chat requests that say these words. */
    async create(words: readonly string[], more: { readonly model?: string } = {}): Promise<Batch> {
      const lines = words.map((content, index) =>
        JSON.stringify({
          custom_id: `${index}`,
          method: "POST",
          url: chat.url,
          body: { model: "model", messages: [{ role: "user", content }], ...more },
        }),
      );
      return createFrom(lines.join("\n"));
    },
    createFrom,
    async ended(id: string): Promise<Batch> {
      return this.until(id, ({ endedAtMs }) => endedAtMs !== null);
    },
    /** Also waits for the runner where nothing is under way any more: the store knows of an item's end before it does. */
    async until(id: string, isSo: (batch: Batch) => boolean): Promise<Batch> {
      const patience = { interval: 2, timeout: 5_000 };
      await expect.poll(async () => isSo(await find(id)), patience).toBe(true);
      const batch = await find(id);
      if (batch.counts.running === 0) await expect.poll(() => batches.readRunner().running, patience).toBe(0);
      return batch;
    },
    find,
    async results(id: string): Promise<readonly BatchItem[]> {
      const items: BatchItem[] = [];
      for await (const item of batches.own.results(await find(id))) items.push(item);
      return items;
    },
  };

  async function createFrom(text: string): Promise<Batch> {
    const content = (async function* () {
      yield Buffer.from(text);
    })();
    const file = await batches.files.create(key.id, { name: "in.jsonl", lifetimeMs: null }, content);
    return batches.intake.fromFile(principal, { endpoint: chat, fileId: file.id, metadata: {} });
  }

  async function find(id: string): Promise<Batch> {
    const batch = await stores.batches.find(id);
    if (batch === null) throw new Error(`there is no batch ${id}`);
    return batch;
  }
}

function outlookOf(entityId: string, p10: number, resetAtMs: number): EntityOutlook {
  return {
    entityId,
    name: entityId,
    tokenIds: [entityId],
    usedHere: null,
    usedElsewhere: null,
    unit: "premium_requests",
    entitlement: 1_000,
    used: 0,
    remaining: 1_000,
    unlimited: false,
    resetAtMs,
    pace: null,
    usedAtReset: null,
    waste: { p10, expected: p10 * 2, p90: p10 * 3 },
    runsOutAtMs: null,
  };
}

/** A model that draws on no quota. */
export function free(model: CatalogueModel): CatalogueModel {
  return { ...model, billing: { ...model.billing, isPremium: false, multiplier: 0 } };
}

/** An answer that comes when the test says so. */
export function heldBody(text: string): { readonly body: ByteStream; finish(): void } {
  const body = bodyOf([text]);
  let sink: Parameters<ByteStream["start"]>[0] | null = null;
  let isFinished = false;
  return {
    body: {
      ...body,
      start(to) {
        if (isFinished) body.start(to);
        else sink = to;
      },
    },
    finish() {
      isFinished = true;
      if (sink !== null) body.start(sink);
    },
  };
}
