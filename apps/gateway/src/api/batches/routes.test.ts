import { expect, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway } from "../../testing/open-gateway.js";
import type { BatchItemPage, BatchPage, BatchView } from "./schemas.js";

const createdAtMs = Date.UTC(2026, 5, 1);

async function openWithBatches(count: number) {
  const gateway = await openGateway();
  const { batches } = gateway.stores;
  for (let index = 0; index < count; index += 1) {
    const id = `batch_${index}`;
    await batches.create({
      id,
      ownerId: "key_a",
      keyId: "key_a",
      ownerName: "laptop",
      api: index % 2 === 0 ? "openai" : "anthropic",
      protocol: index % 2 === 0 ? "openai-chat" : "anthropic-messages",
      operation: "generate",
      wireHeaders: {},
      fileId: "file_a",
      metadata: { run: `${index}` },
      createdAtMs,
      expiresAtMs: Date.now() + 60_000_000,
    });
    await batches.addItems(id, [{ index: 0, customId: "a", offset: 0, length: 1 }]);
    await batches.start(id, createdAtMs + 1_000);
  }
  return { ...gateway, admin: await createAdminClient(gateway) };
}

test("everybody's batches are listed page by page, the newest first, with how they are worked on", async () => {
  const { admin } = await openWithBatches(3);
  const { body: first } = await admin<BatchPage>("GET", "/api/batches?limit=2");
  expect(first.batches.map(({ id }) => id)).toEqual(["batch_2", "batch_1"]);
  expect(first.runner).toEqual({ state: "off", until: null, running: 0 });
  expect(first.batches[0]).toEqual({
    id: "batch_2",
    api: "openai",
    protocol: "openai-chat",
    key_id: "key_a",
    owner: "laptop",
    status: "in_progress",
    counts: { total: 1, pending: 1, running: 0, succeeded: 0, errored: 0, cancelled: 0, expired: 0 },
    metadata: { run: "2" },
    created_at: "2026-06-01T00:00:00.000Z",
    started_at: "2026-06-01T00:00:01.000Z",
    cancel_requested_at: null,
    ended_at: null,
    expires_at: expect.any(String),
    problems: [],
  });
  const { body: second } = await admin<BatchPage>("GET", `/api/batches?limit=2&cursor=${first.next_cursor}`);
  expect(second.batches.map(({ id }) => id)).toEqual(["batch_0"]);
  expect(second.next_cursor).toBeNull();
  expect((await admin("GET", "/api/batches?cursor=batch_x")).status).toBe(400);
});

test("an admin cancels anybody's batch, and the trail tells of it", async () => {
  const { admin } = await openWithBatches(1);
  const cancelled = await admin<BatchView>("POST", "/api/batches/batch_0/cancel");
  expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled", counts: { cancelled: 1, pending: 0 } } });
  expect((await admin("POST", "/api/batches/batch_x/cancel")).status).toBe(404);
  const { body } = await admin<{ events: object[] }>("GET", "/api/admin/audit?limit=1");
  expect(body.events).toMatchObject([
    { actor: "ada", action: "batch.cancel", subject_id: "batch_0", detail: { owner: "laptop" } },
  ]);
});

test("what became of a batch's items is listed in order, with the reason of those that failed", async () => {
  const { admin, stores } = await openWithBatches(0);
  const { batches } = stores;
  await batches.create({
    id: "batch_done",
    ownerId: "key_a",
    keyId: "key_a",
    ownerName: "laptop",
    api: "openai",
    protocol: "openai-chat",
    operation: "generate",
    wireHeaders: {},
    fileId: "file_a",
    metadata: {},
    createdAtMs,
    expiresAtMs: Date.now() + 60_000_000,
  });
  const answers = [
    ["succeeded", { choices: [] }],
    ["errored", { error: { code: "content_filtered", type: "invalid_request_error", message: "It was filtered." } }],
    ["errored", { type: "error", error: { type: "api_error", message: "It broke." } }],
    ["errored", "no object"],
  ] as const;
  const items = answers.map((_, index) => ({ index, customId: `row-${index}`, offset: index, length: 1 }));
  await batches.addItems("batch_done", items);
  await batches.start("batch_done", createdAtMs);
  for (const [index, [state, answer]] of answers.entries()) {
    const settled = { state, requestId: index === 1 ? "req_1" : null, status: 200 + index, atMs: createdAtMs };
    const body = Buffer.from(JSON.stringify(answer));
    await batches.settle({ batchId: "batch_done", index }, { ...settled, answer: body });
  }
  const path = "/api/batches/batch_done/items";
  const first = await admin<BatchItemPage>("GET", `${path}?state=errored&limit=2`);
  expect(first.body).toEqual({
    items: [
      {
        index: 1,
        custom_id: "row-1",
        state: "errored",
        status: 201,
        request_id: "req_1",
        error: { code: "content_filtered", message: "It was filtered." },
      },
      expect.objectContaining({ index: 2, error: { code: "api_error", message: "It broke." } }),
    ],
    next_cursor: 2,
  });
  const second = await admin<BatchItemPage>("GET", `${path}?state=errored&limit=2&cursor=2`);
  expect(second.body).toMatchObject({ items: [{ index: 3, error: { code: null, message: null } }], next_cursor: null });
  const all = await admin<BatchItemPage>("GET", path);
  expect(all.body.items.map(({ state }) => state)).toEqual(["succeeded", "errored", "errored", "errored"]);
  expect((await admin("GET", "/api/batches/batch_x/items")).status).toBe(404);
});
