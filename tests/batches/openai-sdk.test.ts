import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BatchPage } from "@copilot-llm/gateway/admin-api";
import OpenAI, { toFile } from "openai";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { turnBatchesOn } from "./batch-settings.ts";
import { readJsonl } from "./read-jsonl.ts";

const model = "gpt-5-mini";

interface OutputLine {
  readonly id: string;
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly request_id: string; readonly body: unknown } | null;
  readonly error: { readonly code: string } | null;
}

let serving: Serving;
let client: OpenAI;

beforeEach(async () => {
  serving = await startServing();
  client = clientOf(serving.key.key);
});
afterEach(() => serving.stop());

function clientOf(apiKey: string, { url }: Pick<Gateway, "url"> = serving.gateway): OpenAI {
  return new OpenAI({ baseURL: `${url}/openai/v1`, apiKey, maxRetries: 0 });
}

function chatLine(customId: string, content: string, more: object = {}): string {
  const body = { model, messages: [{ role: "user", content }], ...more };
  return JSON.stringify({ custom_id: customId, method: "POST", url: "/v1/chat/completions", body });
}

async function upload(lines: readonly string[], as = client): Promise<OpenAI.FileObject> {
  return as.files.create({ file: await toFile(Buffer.from(lines.join("\n")), "input.jsonl"), purpose: "batch" });
}

async function create(
  lines: readonly string[],
  endpoint: OpenAI.BatchCreateParams["endpoint"] = "/v1/chat/completions",
) {
  const { id } = await upload(lines);
  return client.batches.create({ input_file_id: id, endpoint, completion_window: "24h", metadata: { run: "one" } });
}

const hasEnded = ({ status }: OpenAI.Batch) => ["completed", "failed", "cancelled", "expired"].includes(status);

async function ended(id: string, as = client): Promise<OpenAI.Batch> {
  await expect.poll(async () => hasEnded(await as.batches.retrieve(id)), { timeout: 20_000, interval: 50 }).toBe(true);
  return as.batches.retrieve(id);
}

async function read(fileId: string | null | undefined, as = client): Promise<OutputLine[]> {
  return readJsonl(await (await as.files.content(fileId ?? "")).text());
}

describe("OpenAI's SDK", () => {
  it("is told that an admin has to turn batches on", async () => {
    const refused = { status: 403, message: expect.stringContaining("An admin has to turn them on") };
    await expect(upload([chatLine("a", "hello")])).rejects.toMatchObject(refused);
    const creating = client.batches.create({
      input_file_id: "file_none",
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
    });
    await expect(creating).rejects.toMatchObject(refused);
    expect((await client.batches.list()).data).toEqual([]);
  });

  it("uploads a file, makes a batch of it, and reads its results", async () => {
    await turnBatchesOn(serving.admin);
    const lines = [
      chatLine("good", "good morning"),
      chatLine("bad", "sim: fault content-filtered"),
      chatLine("last", "bye"),
    ];
    const file = await upload(lines);
    expect(file).toMatchObject({ object: "file", purpose: "batch", filename: "input.jsonl", status: "processed" });
    expect(file.bytes).toBe(Buffer.byteLength(lines.join("\n")));
    expect(await client.files.waitForProcessing(file.id)).toMatchObject({ id: file.id });
    expect(await (await client.files.content(file.id)).text()).toBe(lines.join("\n"));

    const batch = await client.batches.create({
      input_file_id: file.id,
      endpoint: "/v1/chat/completions",
      completion_window: "24h",
      metadata: { run: "one" },
    });
    expect(batch).toMatchObject({ object: "batch", endpoint: "/v1/chat/completions", metadata: { run: "one" } });
    expect((batch.expires_at ?? 0) - batch.created_at).toBe(24 * 60 * 60);
    const done = await ended(batch.id);
    expect(done).toMatchObject({
      status: "completed",
      request_counts: { total: 3, completed: 2, failed: 1 },
      completed_at: expect.any(Number),
      errors: null,
    });

    const output = await read(done.output_file_id);
    expect(output.map(({ custom_id }) => custom_id)).toEqual(["good", "last"]);
    expect(output[0]).toMatchObject({
      id: expect.stringMatching(/^batch_req_/),
      response: {
        status_code: 200,
        body: { object: "chat.completion", choices: [{ message: { content: "Echo: good morning" } }] },
      },
      error: null,
    });
    const [failed] = await read(done.error_file_id);
    expect(failed).toMatchObject({ custom_id: "bad", response: { status_code: 422, body: { error: {} } } });
    const outputFile = await client.files.retrieve(done.output_file_id ?? "");
    expect(outputFile).toMatchObject({ purpose: "batch_output", filename: `${batch.id}_output.jsonl` });
    expect(outputFile.bytes).toBe(Buffer.byteLength(await (await client.files.content(outputFile.id)).text()));

    const record = await serving.admin.request("GET", `/api/requests/${output[0]?.response?.request_id}`);
    expect(await record.json()).toMatchObject({ outcome: "completed", model_used: model });
  });

  it("runs responses and embeddings too", async () => {
    await turnBatchesOn(serving.admin);
    const line = (url: string, body: object) => JSON.stringify({ custom_id: "a", method: "POST", url, body });
    const responses = await create([line("/v1/responses", { model, input: "hello" })], "/v1/responses");
    const embed = { model: "text-embedding-3-small", input: "hello" };
    const embeddings = await create([line("/v1/embeddings", embed)], "/v1/embeddings");
    const [response] = await read((await ended(responses.id)).output_file_id);
    expect(response?.response?.body).toMatchObject({ object: "response", status: "completed" });
    const [embedded] = await read((await ended(embeddings.id)).output_file_id);
    expect(embedded?.response?.body).toMatchObject({ object: "list", data: [{ index: 0 }] });
  });

  it("is told line by line why a file is no batch", async () => {
    await turnBatchesOn(serving.admin);
    const batch = await create([
      chatLine("a", "hello"),
      "no json",
      chatLine("a", "again"),
      chatLine("b", "hello", { stream: true }),
      chatLine("c", "hello", { model: "gpt-unheard-of" }),
      chatLine("d", "hello").replace("chat/completions", "responses"),
    ]);
    expect(batch).toMatchObject({ status: "failed", failed_at: expect.any(Number), request_counts: { total: 0 } });
    expect(batch.errors?.data?.map(({ line, code }) => [line, code])).toEqual([
      [2, "invalid_json_line"],
      [3, "duplicate_custom_id"],
      [4, "invalid_value"],
      [5, "model_not_found"],
      [6, "invalid_url"],
    ]);
    expect(serving.simulator.requests.to("/chat/completions")).toEqual([]);
    expect(await create([""])).toMatchObject({ status: "failed", errors: { data: [{ code: "empty_file" }] } });
  });

  it("cancels a batch: what has not begun does not run", async () => {
    await turnBatchesOn(serving.admin, { max_in_pool: 1 });
    const slow = "sim: first-byte 300";
    const batch = await create(Array.from({ length: 20 }, (_, index) => chatLine(`${index}`, slow)));
    await expect.poll(() => serving.simulator.requests.to("/chat/completions").length).toBeGreaterThan(0);
    expect(await client.batches.cancel(batch.id)).toMatchObject({ status: "cancelling" });
    const done = await ended(batch.id);
    expect(done).toMatchObject({
      status: "cancelled",
      cancelling_at: expect.any(Number),
      cancelled_at: expect.any(Number),
    });
    const completed = done.request_counts?.completed ?? 0;
    expect(completed).toBe(serving.simulator.requests.to("/chat/completions").length);
    expect(completed).toBeLessThan(20);
    expect(await read(done.output_file_id)).toHaveLength(completed);
  });

  it("lists files and batches page by page, deletes files, and sees nothing of others", async () => {
    await turnBatchesOn(serving.admin, { enabled: true });
    const files = [];
    for (let index = 0; index < 5; index += 1) files.push(await upload([chatLine(`${index}`, "hello")]));
    const listed = [];
    for await (const file of client.files.list({ limit: 2, order: "asc" })) listed.push(file.id);
    expect(listed).toEqual(files.map(({ id }) => id));
    const batches = [];
    for (const { id } of files.slice(0, 3)) {
      batches.push(
        await client.batches.create({ input_file_id: id, endpoint: "/v1/chat/completions", completion_window: "24h" }),
      );
    }
    const pages = [];
    for await (const batch of client.batches.list({ limit: 2 })) pages.push(batch.id);
    expect(pages).toEqual(batches.map(({ id }) => id).reverse());

    const stranger = clientOf((await serving.admin.createKey({ alias: "stranger" })).key);
    const first = { file: files[0]?.id ?? "", batch: batches[0]?.id ?? "" };
    const { output_file_id: output } = await ended(first.batch);
    for (const asked of [
      () => stranger.files.retrieve(first.file),
      () => stranger.files.content(first.file),
      () => stranger.files.content(output ?? ""),
      () => stranger.files.delete(first.file),
      () => stranger.batches.retrieve(first.batch),
      () => stranger.batches.cancel(first.batch),
    ]) {
      await expect(asked()).rejects.toMatchObject({ status: 404 });
    }
    expect((await stranger.files.list()).data).toEqual([]);
    expect((await stranger.batches.list()).data).toEqual([]);

    expect(await client.files.delete(files[4]?.id ?? "")).toEqual({ id: files[4]?.id, object: "file", deleted: true });
    await expect(client.files.retrieve(files[4]?.id ?? "")).rejects.toMatchObject({ status: 404 });
    await expect(client.files.delete(output ?? "")).rejects.toMatchObject({ status: 400 });
  });

  it("lets an item fail that is over its key's budget", async () => {
    await turnBatchesOn(serving.admin, { max_in_pool: 1 });
    const limited = await serving.admin.createKey({ alias: "limited", max_requests: 2 });
    client = clientOf(limited.key);
    const batch = await create(["a", "b", "c"].map((id) => chatLine(id, "hello")));
    const done = await ended(batch.id);
    expect(done.request_counts).toEqual({ total: 3, completed: 2, failed: 1 });
    const [failed] = await read(done.error_file_id);
    expect(failed?.response).toMatchObject({
      status_code: 402,
      body: { error: { message: expect.stringContaining("max_requests: 2") } },
    });
    expect(serving.simulator.requests.to("/chat/completions")).toHaveLength(2);
  });

  it("takes no file for another purpose, none that is too large, and no form that is none", async () => {
    await serving.stop();
    serving = await startServing({ env: { BATCH_FILE_MAX_BYTES: "2000" } });
    client = clientOf(serving.key.key);
    await turnBatchesOn(serving.admin);
    const file = await toFile(Buffer.from(chatLine("a", "hello")), "input.jsonl");
    const refused = (status: number, message: string) => ({ status, message: expect.stringContaining(message) });
    await expect(client.files.create({ file, purpose: "assistants" })).rejects.toMatchObject(
      refused(400, "`purpose` must be `batch`"),
    );
    await expect(upload([chatLine("a", "x".repeat(3_000))])).rejects.toMatchObject(
      refused(413, "larger than 2000 bytes"),
    );
    const response = await serving.send("/openai/v1/files", {});
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("multipart/form-data")]);
    expect((await client.files.list()).data).toEqual([]);
    expect(await upload([chatLine("a", "hello")])).toMatchObject({ object: "file" });
  });

  it("finds a batch that could not run expired a day later", async () => {
    const dataDir = path.join(temporaryDirectory(), "data");
    await serving.stop();
    serving = await startServing({ dataDir });
    client = clientOf(serving.key.key);
    await turnBatchesOn(serving.admin);
    // A model that costs something, with nothing foretold to be lost: there is nothing to spare for it.
    const batch = await create([chatLine("a", "hello", { model: "claude-sonnet-4.6" })]);
    const runner = async () =>
      ((await (await serving.admin.request("GET", "/api/batches")).json()) as BatchPage).runner;
    await expect.poll(runner).toMatchObject({ state: "waiting", running: 0 });
    await serving.gateway.stop();

    const preload = pathToFileURL(path.join(import.meta.dirname, "a-day-ahead.mjs")).href;
    const env = { NODE_OPTIONS: `--import=${preload}` };
    const later = await startGateway({ simulator: serving.simulator, dataDir, env });
    try {
      const aDayLater = clientOf(serving.key.key, later);
      const done = await ended(batch.id, aDayLater);
      expect(done).toMatchObject({ status: "expired", expired_at: expect.any(Number), output_file_id: null });
      expect(await read(done.error_file_id, aDayLater)).toMatchObject([
        { custom_id: "a", response: null, error: { code: "batch_expired" } },
      ]);
      expect(serving.simulator.requests.to("/chat/completions")).toEqual([]);
    } finally {
      await later.stop();
    }
  });

  it("finds the same under /v1", async () => {
    await turnBatchesOn(serving.admin);
    client = new OpenAI({ baseURL: `${serving.gateway.url}/v1`, apiKey: serving.key.key, maxRetries: 0 });
    const done = await ended((await create([chatLine("a", "hello")])).id);
    expect(await read(done.output_file_id)).toHaveLength(1);
  });
});
