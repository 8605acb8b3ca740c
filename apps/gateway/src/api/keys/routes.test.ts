import { expect, test, vi } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openExchange } from "../../testing/open-exchange.js";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { BulkResult } from "../route/bulk-schemas.js";
import type { ApiKeyList, ApiKeyView, CreatedApiKey } from "./schemas.js";

const root = "/api/admin/api-keys";

test("a key can be asked for by its id", async () => {
  const admin = await createAdminClient(await openGateway());
  const { body: created } = await admin<CreatedApiKey>("POST", root, { alias: "laptop", max_requests: 6 });
  const { key: _value, ...view } = created;
  expect((await admin("GET", `${root}/${created.id}`)).body).toEqual(view);
  expect(await admin("GET", `${root}/key_gone`)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
});

test("a key at its limit says so, by which limit and until when", async () => {
  const { admin, keyId, send } = await openServingGateway();
  const limits = { max_requests: 2, max_credits: 100, limit_period: "month" };
  const before = await admin<ApiKeyView>("PATCH", `${root}/${keyId}`, limits);
  expect(before.body).toMatchObject({ state: "active", limited_by: null, resets_at: null });
  for (const text of ["one", "two"]) expect((await send("/v1/chat/completions", chatBody(text))).status).toBe(200);
  const now = new Date();
  const nextMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString();
  const limited = { state: "limited", limited_by: "max_requests", resets_at: nextMonth, current_requests: 2 };
  expect((await admin("GET", `${root}/${keyId}`)).body).toMatchObject(limited);
  expect((await admin<ApiKeyList>("GET", root)).body.keys).toMatchObject([limited]);
  expect((await admin("POST", `${root}/${keyId}/reset-usage`)).body).toMatchObject({ state: "active" });
  expect((await admin("PATCH", `${root}/${keyId}`, { enabled: false })).body).toMatchObject({ state: "disabled" });
});

test("many keys are disabled, enabled and deleted at once, each on the audit trail", async () => {
  const gateway = await openGateway();
  const admin = await createAdminClient(gateway);
  const ids: string[] = [];
  for (const alias of ["a", "b", "c"]) ids.push((await gateway.provider.keys.create("ada", { alias })).key.id);
  const states = async () => (await admin<ApiKeyList>("GET", root)).body.keys.map(({ state }) => state);
  const some = [ids[0], ids[1], ids[0], "key_gone"];
  const failed = [{ id: "key_gone", code: "not_found", message: expect.any(String) }];

  const disabled = await admin<BulkResult>("POST", `${root}/bulk`, { action: "disable", ids: some });
  expect(disabled).toMatchObject({ status: 200, body: { done: 2, failed } });
  expect(await states()).toEqual(["disabled", "disabled", "active"]);
  expect((await admin("POST", `${root}/bulk`, { action: "enable", ids: [ids[1]] })).body).toEqual({
    done: 1,
    failed: [],
  });
  expect(await states()).toEqual(["disabled", "active", "active"]);
  expect((await admin("POST", `${root}/bulk`, { action: "delete", ids: some })).body).toMatchObject({
    done: 2,
    failed,
  });
  expect(await states()).toEqual(["active"]);

  const trail = await gateway.provider.audit.list({ limit: 5 });
  expect(trail.map(({ action, subjectId }) => [action, subjectId])).toEqual([
    ["api_key.delete", ids[1]],
    ["api_key.delete", ids[0]],
    ["api_key.update", ids[1]],
    ["api_key.update", ids[1]],
    ["api_key.update", ids[0]],
  ]);
});

test.each([{ ids: ["a"] }, { action: "rotate", ids: ["a"] }, { action: "delete", ids: [] }])(
  "%o is no bulk change",
  async (body) => {
    const admin = await createAdminClient(await openGateway());
    expect((await admin("POST", `${root}/bulk`, body)).status).toBe(400);
  },
);

test.each([
  ["openai-chat", /"content":"Echo/],
  ["openai-responses", /"type":"output_text","text":"Echo/],
  ["anthropic-messages", /"type":"text","text":"Echo/],
])("a test request in %s runs as the key's own", async (protocol, answered) => {
  const { admin, keyId, provider } = await openServingGateway();
  const path = `${root}/${keyId}/test`;
  const whole = await admin("POST", path, { protocol, model: "gpt-5-mini", stream: false });
  expect([whole.status, JSON.stringify(whole.body)]).toEqual([200, expect.stringMatching(answered)]);
  const stream = await admin<string>("POST", path, { protocol, model: "gpt-5-mini" });
  expect([stream.status, stream.headers.get("content-type")]).toEqual([
    200,
    expect.stringMatching(/^text\/event-stream/),
  ]);
  expect(stream.body).toContain("Echo");
  expect((await admin("GET", `${root}/${keyId}`)).body).toMatchObject({ current_requests: 2 });
  const [event] = await provider.audit.list({ limit: 1 });
  expect(event).toMatchObject({
    action: "api_key.test",
    actor: "ada",
    subjectId: keyId,
    detail: { alias: "laptop", model: "gpt-5-mini", protocol },
  });
});

test("a test request of an admin who left while the session was looked up is not sent", async () => {
  const gateway = await openServingGateway();
  const { app, provider, simulator, keyId } = gateway;
  const path = `${root}/${keyId}/test`;
  const { incoming, outgoing, leave } = openExchange("POST", path);
  const sessionOf = provider.signIn.sessionOf.bind(provider.signIn);
  vi.spyOn(provider.signIn, "sessionOf").mockImplementation((token) => {
    leave();
    return sessionOf(token);
  });
  const request = new Request(`http://gateway${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${await signInAdmin(gateway)}`, "content-type": "application/json" },
    body: JSON.stringify({ protocol: "openai-chat", model: "gpt-5-mini", stream: false }),
  });
  await app.fetch(request, { incoming, outgoing });
  expect(simulator.requests.to("/chat/completions")).toEqual([]);
});

test("a test request is refused as the key would be", async () => {
  const { admin, keyId, provider } = await openServingGateway();
  const path = `${root}/${keyId}/test`;
  const body = { protocol: "anthropic-messages", model: "gpt-5-mini" };
  await provider.keys.update("ada", keyId, { allowedModels: ["claude-*"] });
  const refused = { type: "error", error: { type: "permission_error" } };
  expect(await admin("POST", path, body)).toMatchObject({ status: 403, body: refused });
  await provider.keys.update("ada", keyId, { enabled: false });
  const disabled = { error: { code: "permission_denied", message: "This API key is disabled." } };
  expect(await admin("POST", path, body)).toMatchObject({ status: 403, body: disabled });
  expect((await admin("POST", `${root}/key_gone/test`, body)).status).toBe(404);
  expect((await admin("POST", path, { ...body, protocol: "openai-embeddings" })).status).toBe(400);
});
