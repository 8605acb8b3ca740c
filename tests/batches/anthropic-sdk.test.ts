import Anthropic from "@anthropic-ai/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { turnBatchesOn } from "./batch-settings.ts";

type Batches = Anthropic.Messages.Batches;
type Request = Anthropic.Messages.BatchCreateParams.Request;

let serving: Serving;
let client: Anthropic;

beforeEach(async () => {
  serving = await startServing();
  client = clientOf(serving.key.key);
});
afterEach(() => serving.stop());

function clientOf(apiKey: string, base = "/anthropic"): Anthropic {
  return new Anthropic({ baseURL: serving.gateway.url + base, apiKey, maxRetries: 0 });
}

function request(customId: string, content: string, more: object = {}): Request {
  const params = { model: "gpt-5-mini", max_tokens: 100, messages: [{ role: "user" as const, content }], ...more };
  return { custom_id: customId, params };
}

async function ended(id: string): Promise<Anthropic.Messages.MessageBatch> {
  const status = async () => (await client.messages.batches.retrieve(id)).processing_status;
  await expect.poll(status, { timeout: 20_000, interval: 50 }).toBe("ended");
  return client.messages.batches.retrieve(id);
}

async function resultsOf(id: string) {
  const results = [];
  for await (const result of await client.messages.batches.results(id)) results.push(result);
  return results;
}

describe("Anthropic's SDK", () => {
  it("is told that an admin has to turn batches on", async () => {
    await expect(client.messages.batches.create({ requests: [request("a", "hello")] })).rejects.toMatchObject({
      status: 403,
      error: { type: "error", error: { type: "permission_error", message: expect.stringContaining("turn them on") } },
    });
  });

  it.each(["/anthropic", ""])(
    "makes a batch, waits for it, and streams its results, at %s/v1/messages/batches",
    async (base) => {
      await turnBatchesOn(serving.admin);
      client = clientOf(serving.key.key, base);
      const created = await client.messages.batches.create({
        requests: [
          request("good", "good morning"),
          request("refused", "hello", { max_tokens: -1 }),
          request("unknown", "hello", { model: "claude-unheard-of" }),
        ],
      });
      expect(created).toMatchObject({
        type: "message_batch",
        processing_status: "in_progress",
        request_counts: { processing: 3, succeeded: 0 },
        results_url: null,
        ended_at: null,
      });
      expect(Date.parse(created.expires_at) - Date.parse(created.created_at)).toBe(24 * 60 * 60_000);
      const done = await ended(created.id);
      expect(done.request_counts).toEqual({ processing: 0, succeeded: 1, errored: 2, canceled: 0, expired: 0 });
      expect(done.results_url).toBe(`${serving.gateway.url}${base}/v1/messages/batches/${created.id}/results`);
      const [good, refused, unknown] = await resultsOf(created.id);
      expect(good).toMatchObject({
        custom_id: "good",
        result: {
          type: "succeeded",
          message: { type: "message", content: [{ type: "text", text: "Echo: good morning" }] },
        },
      });
      expect(refused).toMatchObject({ custom_id: "refused", result: { type: "errored", error: { type: "error" } } });
      expect(unknown).toMatchObject({
        result: { type: "errored", error: { type: "error", error: { type: "not_found_error" } } },
      });
    },
  );

  it("sends along with each request what came with the batch, on a quota without an end", async () => {
    await serving.stop();
    serving = await startServing({ account: { entitlement: -1 } });
    client = clientOf(serving.key.key);
    await turnBatchesOn(serving.admin);
    const beta = "context-management-2025-06-27";
    const { id } = await client.beta.messages.batches.create({
      requests: ["a", "b"].map((text) => request(text, text, { model: "claude-sonnet-4.6" })),
      betas: [beta],
    });
    expect((await ended(id)).request_counts.succeeded).toBe(2);
    const sent = serving.simulator.requests.to("/v1/messages");
    expect(sent.map(({ headers }) => headers["anthropic-beta"])).toEqual([beta, beta]);
    const found = await serving.admin.request("GET", "/api/batches");
    expect(await found.json()).toMatchObject({
      batches: [{ id, api: "anthropic", owner: "e2e", status: "completed" }],
    });
  });

  it("cancels a batch, and deletes it once it has ended", async () => {
    await turnBatchesOn(serving.admin, { max_in_pool: 1 });
    const requests = Array.from({ length: 10 }, (_, index) => request(`${index}`, "sim: first-byte 300"));
    const { id } = await client.messages.batches.create({ requests });
    await expect(client.messages.batches.delete(id)).rejects.toMatchObject({ status: 400 });
    await expect
      .poll(
        () =>
          serving.simulator.requests.to("/chat/completions").length +
          serving.simulator.requests.to("/responses").length,
      )
      .toBeGreaterThan(0);
    expect(await client.messages.batches.cancel(id)).toMatchObject({
      processing_status: "canceling",
      cancel_initiated_at: expect.any(String),
    });
    const { request_counts: counts } = await ended(id);
    expect(counts.canceled).toBeGreaterThan(0);
    expect(counts.succeeded + counts.canceled).toBe(10);
    const types = (await resultsOf(id)).map(({ result }) => result.type);
    expect(types.filter((type) => type === "canceled")).toHaveLength(counts.canceled);
    expect(await client.messages.batches.delete(id)).toEqual({ id, type: "message_batch_deleted" });
    await expect(client.messages.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it("lists batches page by page in both directions, and sees nothing of others", async () => {
    await turnBatchesOn(serving.admin);
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.push((await client.messages.batches.create({ requests: [request(`${index}`, "hello")] })).id);
    }
    const newestFirst = ids.toReversed();
    const listed = [];
    for await (const batch of client.messages.batches.list({ limit: 2 })) listed.push(batch.id);
    expect(listed).toEqual(newestFirst);
    const before = await client.messages.batches.list({ limit: 2, before_id: newestFirst[4] ?? "" });
    expect(before.data.map(({ id }) => id)).toEqual(newestFirst.slice(2, 4));
    expect(before.has_more).toBe(true);

    const stranger: Batches = clientOf((await serving.admin.createKey({ alias: "stranger" })).key).messages.batches;
    await ended(ids[0] ?? "");
    const id = ids[0] ?? "";
    await expect(stranger.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.cancel(id)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.delete(id)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.results(id)).rejects.toMatchObject({ status: 404 });
    expect((await stranger.list()).data).toEqual([]);
  });

  it("is told what is wrong with a body that is no batch", async () => {
    await turnBatchesOn(serving.admin);
    const twice = { requests: [request("a", "hello"), request("a", "hello")] };
    await expect(client.messages.batches.create(twice)).rejects.toMatchObject({
      status: 400,
      error: { error: { type: "invalid_request_error", message: expect.stringContaining("requests.1.custom_id") } },
    });
    await expect(client.messages.batches.create({ requests: [] })).rejects.toMatchObject({ status: 400 });
    expect((await client.messages.batches.list()).data).toEqual([]);
  });
});
