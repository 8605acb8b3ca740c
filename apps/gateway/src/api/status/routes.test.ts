import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway } from "../../testing/open-gateway.js";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { GatewayStatus } from "./schemas.js";

const path = "/api/status";
const alice = { login: "alice", token: "gho_alice0123456789" };

test("an empty gateway does not serve, and nothing is wrong with it", async () => {
  const gateway = await openGateway({ publicUrl: "https://llm.example", storeKind: "postgres" });
  const beforeMs = Date.now();
  const { status, body } = await (await createAdminClient(gateway))<GatewayStatus>("GET", path);
  expect([status, body]).toEqual([
    200,
    {
      serving: false,
      reason: "No GitHub token can serve requests.",
      version: "1.2.3",
      started_at: expect.any(String),
      public_url: "https://llm.example",
      tokens: { checking: 0, active: 0, cooling: 0, exhausted: 0, auth_failed: 0, disabled: 0 },
      running: 0,
      waiting: 0,
      store: {
        ...{ kind: "postgres", healthy: true, reason: null, lag_ms: 0 },
        ...{ bytes: expect.any(Number), recording_bytes: expect.any(Number) },
      },
      alerts: [],
    },
  ]);
  expect(Date.parse(body.started_at)).toBeLessThanOrEqual(beforeMs);
});

test("a gateway with a token serves, and counts what is under way", async () => {
  const { admin, send, simulator } = await openServingGateway();
  const state = async () => (await admin<GatewayStatus>("GET", path)).body;
  expect(await state()).toMatchObject({ serving: true, reason: null, tokens: { active: 1 }, running: 0, alerts: [] });
  simulator.faults.add({ name: "hang" });
  void send("/v1/chat/completions", chatBody("hi")).catch(() => null);
  await expect.poll(async () => (await state()).running).toBe(1);
});

test("what wants attention is told, the gravest first", async () => {
  const { admin, provider, send, tokenId, keyId } = await openServingGateway({
    accounts: [{ ...alice, entitlement: 300, used: 280 }],
  });
  const alerts = async () => (await admin<GatewayStatus>("GET", path)).body.alerts;
  await provider.keys.update("ada", keyId, { limits: { maxRequests: 1 } });
  expect((await send("/v1/chat/completions", chatBody("hi"))).status).toBe(200);
  const { key: expiring } = await provider.keys.create("ada", { alias: "old", expiresAtMs: Date.now() + 86_400_000 });
  await provider.keys.create("ada", { alias: "fresh", expiresAtMs: Date.now() + 30 * 86_400_000 });
  const credential = { kind: "user", token: new Secret("gho_nobody012345678") } as const;
  const { token: refused } = await provider.tokens.create("ada", { alias: "nobody", enabled: true, credential });

  expect(await alerts()).toEqual([
    {
      id: `token_refused:${refused.id}`,
      severity: "critical",
      code: "token_refused",
      subject: { kind: "token", id: refused.id, alias: "nobody" },
      values: { reason: expect.any(String) },
    },
    {
      id: "pool_quota_low:premium_requests",
      severity: "warning",
      code: "pool_quota_low",
      subject: null,
      values: {
        unit: "premium_requests",
        remaining: expect.closeTo(20, 0),
        entitlement: 300,
        resets_at: expect.any(String),
      },
    },
    {
      id: `quota_low:premium_interactions:${tokenId}`,
      severity: "warning",
      code: "quota_low",
      subject: { kind: "token", id: tokenId, alias: "alice" },
      values: {
        bucket: "premium_interactions",
        used: expect.closeTo(280, 0),
        entitlement: 300,
        unit: "premium_requests",
        resets_at: expect.any(String),
      },
    },
    {
      id: `key_limited:${keyId}`,
      severity: "warning",
      code: "key_limited",
      subject: { kind: "key", id: keyId, alias: "laptop" },
      values: { limit: "max_requests", resets_at: null },
    },
    {
      id: `key_expiring:${expiring.id}`,
      severity: "info",
      code: "key_expiring",
      subject: { kind: "key", id: expiring.id, alias: "old" },
      values: { expires_at: expect.any(String) },
    },
  ]);
});

test("a pool whose tokens are all used up is told as one that serves no more", async () => {
  const { admin, tokenId } = await openServingGateway({ accounts: [{ ...alice, entitlement: 300, used: 300 }] });
  const { body } = await admin<GatewayStatus>("GET", path);
  expect(body.alerts).toMatchObject([
    { code: "token_exhausted", subject: { id: tokenId } },
    { code: "pool_quota_low", values: { remaining: 0, entitlement: 300 } },
  ]);
  await admin("PATCH", `/api/admin/github-tokens/${tokenId}`, { enabled: false });
  expect((await admin<GatewayStatus>("GET", path)).body).toMatchObject({
    serving: false,
    tokens: { active: 0, disabled: 1 },
    alerts: [{ code: "no_token_serves", severity: "critical", subject: null }],
  });
});
