import path from "node:path";
import type { ApiKeyList } from "@copilot-llm/gateway/admin-api";
import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { describeWithPostgres } from "../durability/describe-with-postgres.ts";
import { type ExportedRecord, exportRecords } from "../durability/exported-records.ts";
import { startTwoGateways } from "../durability/start-two-gateways.ts";
import { type Admin, signUp } from "../testing/admin.ts";
import { githubTokenOf } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { turnBatchesOn } from "./batch-settings.ts";
import { readJsonl } from "./read-jsonl.ts";
import { createBatch, openaiClient } from "./run-batch.ts";

/** `pnpm e2e:batches` runs as many as was asked for: 2,000, with a kill after every 200. */
const isFull = process.env.BATCHES_FULL === "1";
const items = isFull ? 2_000 : 400;
const itemsPerKill = isFull ? 200 : 100;

interface OutputLine {
  readonly custom_id: string;
  readonly response: { readonly request_id: string; readonly body: { readonly choices: readonly Choice[] } };
}

interface Choice {
  readonly message: { readonly content: string };
}

/** What is true of a batch that was killed again and again: each item is in the results once, and on record once. */
async function expectEachOnce(gateway: Gateway, admin: Admin, key: string, batchId: string): Promise<void> {
  const client = openaiClient(gateway, key);
  const { output_file_id: output, request_counts: counts } = await client.batches.retrieve(batchId);
  expect(counts).toEqual({ total: items, completed: items, failed: 0 });
  const lines = readJsonl<OutputLine>(await (await client.files.content(output ?? "")).text());
  expect(lines.map(({ custom_id }) => custom_id)).toEqual(Array.from({ length: items }, (_, index) => `item-${index}`));
  for (const [index, { response }] of lines.entries()) {
    expect(response.body.choices[0]?.message.content).toBe(`Echo: question ${index}`);
  }
  const records = await exportRecords(gateway, admin.token);
  expect(records.filter(({ outcome }) => outcome !== "completed")).toEqual([]);
  expect(new Set(records.map(questionOf)).size).toBe(items);
  expect(records.map(({ id }) => id).sort()).toEqual(lines.map(({ response }) => response.request_id).sort());
  const { keys } = (await (await admin.request("GET", "/api/admin/api-keys")).json()) as ApiKeyList;
  expect(keys.map(({ current_requests }) => current_requests)).toEqual([items]);
}

function questionOf({ request }: ExportedRecord): string {
  return JSON.parse(request ?? "").messages[0].content;
}

async function settled(gateway: Gateway, key: string, batchId: string): Promise<number> {
  const { request_counts: counts } = await openaiClient(gateway, key).batches.retrieve(batchId);
  return (counts?.completed ?? 0) + (counts?.failed ?? 0);
}

async function untilSettled(gateway: () => Gateway, key: string, batchId: string, count: number): Promise<void> {
  await vi.waitUntil(async () => (await settled(gateway(), key, batchId)) >= count, { timeout: 120_000, interval: 20 });
}

async function startAccounts(): Promise<Simulator> {
  const simulator = await startSimulator({
    accounts: [{ login: "alice", token: githubTokenOf("alice") }],
    logResponses: false,
    maximumLoggedRequests: 1,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

const question = (index: number) => `question ${index}`;
const pace = { max_in_pool: 16, max_per_token: 16 };
const timeout = 60_000 + items * 500;

describe("a gateway that is killed", () => {
  it(`after every ${itemsPerKill} of ${items} items settles each once, with one record`, { timeout }, async () => {
    const simulator = await startAccounts();
    const dataDir = path.join(temporaryDirectory(), "data");
    let gateway = await startGateway({ simulator, dataDir });
    onTestFinished(async () => void (await gateway.stop()));
    const admin = await signUp(gateway);
    await admin.addToken("alice", githubTokenOf("alice"));
    const { key } = await admin.createKey({ alias: "batch", max_requests: 1_000_000 });
    await turnBatchesOn(admin, pace);
    const { id } = await createBatch(openaiClient(gateway, key), items, question);
    for (let count = itemsPerKill; count < items; count += itemsPerKill) {
      await untilSettled(() => gateway, key, id, count);
      await gateway.kill();
      gateway = await startGateway({ simulator, dataDir });
      expect(await settled(gateway, key, id)).toBeGreaterThanOrEqual(count);
    }
    await untilSettled(() => gateway, key, id, items);
    await expectEachOnce(gateway, adminOf(gateway, admin), key, id);
  });
});

describeWithPostgres("two gateways on one database", (server) => {
  it(`share a batch: of ${items} items each is settled once, though one is killed`, { timeout }, async () => {
    const two = await startTwoGateways(server());
    const { admin, gateways } = two;
    const { key } = await admin.createKey({ alias: "batch", max_requests: 1_000_000 });
    await turnBatchesOn(admin, pace);
    const { id } = await createBatch(openaiClient(gateways[0], key), items, question);
    // What a killed gateway had begun is begun again once its lease is over: half a minute each time.
    const last = isFull ? items - itemsPerKill : itemsPerKill;
    for (let count = itemsPerKill, turn = 0; count <= last; count += itemsPerKill, turn += 1) {
      const killed = turn % 2 === 0 ? 1 : 0;
      await untilSettled(() => gateways[1 - killed] ?? gateways[0], key, id, count);
      await gateways[killed].kill();
      await two.restart(killed);
    }
    await untilSettled(() => gateways[0], key, id, items);
    await expectEachOnce(gateways[0], adminOf(gateways[0], admin), key, id);
  });
});

/** The admin's session on the gateway that runs now. */
function adminOf({ url }: Gateway, { token, ...admin }: Admin): Admin {
  return {
    ...admin,
    token,
    request: (method, route) => fetch(url + route, { method, headers: { authorization: `Bearer ${token}` } }),
  };
}
