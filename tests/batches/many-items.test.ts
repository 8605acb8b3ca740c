import { readFileSync } from "node:fs";
import { startSimulator } from "@copilot-llm/simulator";
import { expect, it, onTestFinished } from "vitest";
import { signUp } from "../testing/admin.ts";
import { githubTokenOf } from "../testing/serving.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { turnBatchesOn } from "./batch-settings.ts";
import { createBatch, openaiClient } from "./run-batch.ts";

/** `pnpm e2e:batches` runs as many as OpenAI takes. */
const isFull = process.env.BATCHES_FULL === "1";
const items = Number(process.env.BATCH_ITEMS ?? 50_000);
const timeout = 600_000 + items * 40;

/** Of a file with so many bytes an item. */
const padding = "x".repeat(1_000);
const mebibyte = 1024 * 1024;

function residentMebibytes(pid: number | undefined, field: "VmRSS" | "VmHWM"): number {
  const [, kibibytes = "0"] =
    new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}

it.runIf(isFull)(`${items} items run, and their results stream, in the memory of a few`, { timeout }, async () => {
  const simulator = await startSimulator({
    accounts: [{ login: "alice", token: githubTokenOf("alice") }],
    logResponses: false,
    maximumLoggedRequests: 1,
  });
  onTestFinished(() => simulator.close());
  const gateway = await startGateway({ simulator });
  onTestFinished(async () => void (await gateway.stop()));
  const admin = await signUp(gateway);
  await admin.addToken("alice", githubTokenOf("alice"));
  const { key } = await admin.createKey({ alias: "batch" });
  await turnBatchesOn(admin, { max_in_pool: 64, max_per_token: 64 });
  const client = openaiClient(gateway, key);
  const { pid } = gateway.process;
  const memory: Record<string, number> = { before: residentMebibytes(pid, "VmRSS") };

  const beganMs = performance.now();
  const { id, status } = await createBatch(client, items, (index) => `question ${index} ${padding}`);
  expect(status).toBe("in_progress");
  const takenInMs = performance.now() - beganMs;
  memory.takenIn = residentMebibytes(pid, "VmRSS");
  await expect
    .poll(async () => (await client.batches.retrieve(id)).status, { timeout, interval: 1_000 })
    .toBe("completed");
  const ranMs = performance.now() - beganMs - takenInMs;
  memory.run = residentMebibytes(pid, "VmRSS");

  const { output_file_id: output } = await client.batches.retrieve(id);
  const readMs = performance.now();
  const content = await client.files.content(output ?? "");
  let lines = 0;
  let bytes = 0;
  for await (const chunk of content.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
  }
  memory.resultsRead = residentMebibytes(pid, "VmRSS");
  memory.atMost = residentMebibytes(pid, "VmHWM");
  expect(lines).toBe(items);
  console.info(
    `${items} items: taken in within ${seconds(takenInMs)}, run in ${seconds(ranMs)}; results of ${Math.round(bytes / mebibyte)} MiB`,
    `read in ${seconds(performance.now() - readMs)}; resident MiB: ${JSON.stringify(memory)}`,
  );
});

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
