import { expect, it, onTestFinished } from "vitest";
import { chatBody, startServing } from "../testing/serving.ts";
import { turnBatchesOn } from "./batch-settings.ts";
import { createBatch, openaiClient } from "./run-batch.ts";

/** `pnpm e2e:batches` measures; how long something takes is asserted nowhere. */
const isFull = process.env.BATCHES_FULL === "1";
const rounds = 12;
const requestsPerRound = 150;

it.runIf(isFull)("tells what a batch costs interactive requests", { timeout: 600_000 }, async () => {
  const serving = await startServing({
    accounts: ["alice", "bob"],
    simulator: { logResponses: false, maximumLoggedRequests: 1 },
  });
  onTestFinished(() => serving.stop());
  const client = openaiClient(serving.gateway, serving.key.key);
  await turnBatchesOn(serving.admin);
  // As long as an answer may take, and more of them than will be run.
  const { id } = await createBatch(client, 20_000, (index) => `sim: first-byte 500\n${index}`);

  const firstTokenMs = async (index: number): Promise<number> => {
    const beganMs = performance.now();
    const response = await serving.send("/openai/v1/chat/completions", chatBody(`${index}`, { stream: true }));
    const reader = response.body?.getReader();
    await reader?.read();
    const tookMs = performance.now() - beganMs;
    while ((await reader?.read())?.done === false);
    return tookMs;
  };
  const measured = { with: [] as number[], without: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const isOn = round % 2 === 0;
    await turnBatchesOn(serving.admin, { enabled: isOn });
    const running = async () => (await client.batches.retrieve(id)).status;
    expect(await running()).toBe("in_progress");
    // The first ones are about the change of settings.
    for (let index = 0; index < 20; index += 1) await firstTokenMs(index);
    for (let index = 0; index < requestsPerRound; index += 1) {
      measured[isOn ? "with" : "without"].push(await firstTokenMs(index));
    }
  }
  const { request_counts: counts } = await client.batches.retrieve(id);
  expect(counts?.completed).toBeGreaterThan(0);
  const [withBatch, without] = [median(measured.with), median(measured.without)];
  console.info(
    `time to first token, median: ${withBatch.toFixed(2)} ms while a batch runs (${counts?.completed} items did),`,
    `${without.toFixed(2)} ms without: ${((withBatch / without - 1) * 100).toFixed(1)} %`,
  );
});

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
