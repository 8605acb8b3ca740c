import { Secret } from "@copilot-llm/model";
import { expect, it } from "vitest";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";
import { readMetrics, type Sample } from "../../testing/read-metrics.js";
import { chatBody, openServingGateway, type ServingGateway } from "../../testing/serving.js";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function scrape({ admin }: ServingGateway): Promise<(name: string, labels?: Sample["labels"]) => number | null> {
  const { status, body } = await admin<string>("GET", "/metrics");
  expect(status).toBe(200);
  return readMetrics(body);
}

it("is opened by an admin's session or by METRICS_TOKEN, and by nothing else", async () => {
  const gateway = await openGateway({ metricsToken: new Secret("scrape-me") });
  const admin = await signInAdmin(gateway);
  const ask = async (headers: Record<string, string>) => (await fetch(`${gateway.url}/metrics`, { headers })).status;
  expect(await ask(bearer("scrape-me"))).toBe(200);
  expect(await ask(bearer(admin))).toBe(200);
  for (const wrong of ["scrape-m", "scrape-me!", "", "legacy key"]) {
    expect([wrong, await ask(bearer(wrong))]).toEqual([wrong, 401]);
  }
  expect(await ask({ "x-api-key": "scrape-me" })).toBe(401);
  expect(await ask({})).toBe(401);
  const data = await fetch(`${gateway.url}/v1/models`, { headers: bearer("scrape-me") });
  expect(data.status).toBe(401);
});

it("counts requests, tokens and what they cost as they are on record", async () => {
  const gateway = await openServingGateway({
    accounts: [{ login: "alice", token: "gho_alice0123456789", billing: "credits", entitlement: 1_000 }],
  });
  const { admin, send, keyId, tokenId } = gateway;
  for (const stream of [false, true]) await (await send("/v1/chat/completions", chatBody("hi", { stream }))).text();
  await (await send("/v1/chat/completions", chatBody("hi", { model: "sk-my-own-secret" }))).text();
  const { body } = await admin<{ totals: Record<string, number> }>("GET", "/api/stats?group_by=model");
  const value = await scrape(gateway);

  const model = "gpt-5-mini";
  expect(value("copilot_llm_requests_total", { model, protocol: "openai-chat", outcome: "completed" })).toBe(2);
  expect(value("copilot_llm_requests_total", { model: "none", protocol: "openai-chat", outcome: "failed" })).toBe(1);
  expect(value("copilot_llm_request_errors_total", { model: "none", code: "model_not_found" })).toBe(1);
  expect(value("copilot_llm_request_duration_seconds_count", { model, stream: "true" })).toBe(1);
  expect(value("copilot_llm_time_to_first_token_seconds_count", { model })).toBe(2);
  expect(value("copilot_llm_model_tokens_total", { model, type: "input" })).toBe(body.totals.input_tokens);
  expect(value("copilot_llm_model_tokens_total", { model, type: "output" })).toBe(body.totals.output_tokens);
  expect(body.totals.nano_aiu).toBeGreaterThan(0);
  expect(value("copilot_llm_credits_total", { model })).toBeCloseTo((body.totals.nano_aiu ?? 0) / 1e9, 12);
  expect(value("copilot_llm_attempts_total", { result: "ok" })).toBe(2);
  expect(value("copilot_llm_key_requests_total", { key: keyId, outcome: "completed" })).toBe(2);
  expect(value("copilot_llm_github_token_attempts_total", { token: tokenId, result: "ok" })).toBe(2);
  expect(value("copilot_llm_store_append_duration_seconds_count")).toBe(3);
  expect(value("copilot_llm_store_lag_seconds")).toBe(0);
});

it("tells how tokens, quota, queue, runtime and store stand", async () => {
  const gateway = await openServingGateway({
    accounts: [{ login: "alice", token: "gho_alice0123456789", billing: "credits", entitlement: 1_000 }],
  });
  const { provider, tokenId } = gateway;
  const value = await scrape(gateway);
  const premium = { bucket: "premium_interactions", unit: "credits" };
  expect(value("copilot_llm_ready")).toBe(1);
  expect(value("copilot_llm_store_up")).toBe(1);
  expect(value("copilot_llm_github_tokens", { state: "active" })).toBe(1);
  expect(value("copilot_llm_github_token_state", { token: tokenId, state: "active" })).toBe(1);
  expect(value("copilot_llm_quota_entitlement", premium)).toBe(1_000);
  expect(value("copilot_llm_quota_remaining", premium)).toBe(1_000);
  expect(value("copilot_llm_github_token_quota_remaining", { token: tokenId, ...premium })).toBe(1_000);
  expect(value("copilot_llm_requests_running")).toBe(0);
  expect(value("copilot_llm_requests_waiting")).toBe(0);
  expect(value("copilot_llm_batch_items_running")).toBe(0);
  expect(value("copilot_llm_batch_items_pending")).toBe(0);
  expect(value("copilot_llm_batch_items_total", { outcome: "succeeded" })).toBe(0);
  expect(value("copilot_llm_runtime_restarts_total")).toBe(0);

  await provider.tokens.update("ada", tokenId, { enabled: false });
  const later = await scrape(gateway);
  expect(later("copilot_llm_ready")).toBe(0);
  expect(later("copilot_llm_github_tokens", { state: "active" })).toBe(0);
  expect(later("copilot_llm_github_tokens", { state: "disabled" })).toBe(1);
  expect(later("copilot_llm_github_token_state", { token: tokenId, state: "active" })).toBeNull();
  expect(later("copilot_llm_quota_remaining", premium)).toBeNull();
});

it("counts what comes over HTTP by route, status and error, never by what a client wrote", async () => {
  const gateway = await openServingGateway();
  const { url, admin } = gateway;
  const ask = async (method: string, path: string, headers: Record<string, string> = {}) =>
    (await fetch(url + path, { method, headers })).text();
  await ask("POST", "/v1/chat/completions");
  await ask("POST", "/v1/chat/completions", bearer("wrong"));
  for (const name of ["a", "b", "c"]) await ask("GET", `/no/such/${name}`);
  await ask("PROPFIND", "/health");
  for (const id of ["key_1", "key_2"]) await admin("GET", `/api/admin/api-keys/${id}`);
  const value = await scrape(gateway);
  const http = "copilot_llm_http_requests_total";
  expect(value(http, { method: "POST", route: "/v1/chat/completions", status: "401" })).toBe(2);
  expect(value(http, { method: "GET", route: "none", status: "404" })).toBe(3);
  expect(value(http, { method: "other", route: "/health", status: "405" })).toBe(1);
  expect(value(http, { method: "GET", route: "/api/admin/api-keys/:id", status: "404" })).toBe(2);
  expect(value("copilot_llm_http_errors_total", { code: "unauthenticated" })).toBe(2);
  expect(value("copilot_llm_http_errors_total", { code: "not_found" })).toBe(5);
});
