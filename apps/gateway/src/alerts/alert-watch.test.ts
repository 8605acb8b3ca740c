import { type Log, Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { type Alert, createSystemClock, createSystemRandomness, type LiveEvent } from "@copilot-llm/provider";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { openServingGateway } from "../testing/serving.js";
import { startWebhookReceiver } from "../testing/webhook-receiver.js";
import { AlertWatch } from "./alert-watch.js";
import { openAlerts } from "./open-alerts.js";
import type { WebhookMessage } from "./webhook-target.js";

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const alertWebhookSecret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
const alice = { login: "alice", token: "gho_alice0123456789" };

const nearLimit: Alert = {
  severity: "info",
  code: "key_near_limit",
  key: { id: "key_1", alias: "laptop" },
  limit: "maxRequests",
  used: 9,
  allowed: 10,
  resetsAtMs: null,
};

/** The watch by itself: what it is told stands, and what the trail grants. */
async function watching(claim: () => Promise<boolean>) {
  const { provider } = await openServingGateway();
  const clock = createManualClock();
  const alerts: Alert[] = [];
  const sent: WebhookMessage[] = [];
  const told: LiveEvent[] = [];
  provider.events.subscribe({ onEvent: (event) => told.push(event), onGap: () => {}, onEnd: () => {} });
  const asked = { times: 0 };
  const watch = new AlertWatch({
    provider: {
      events: provider.events,
      claimAlert: claim,
      alerts: async () => {
        asked.times += 1;
        return [...alerts];
      },
    },
    delivery: { hasRoom: true, deliver: (message) => void sent.push(message) },
    publicUrl: null,
    clock,
    log,
  });
  watch.start();
  onTestFinished(() => watch.close());
  /** Goes on until the watch has looked once more. */
  const look = async (): Promise<void> => {
    const before = asked.times;
    await expect.poll(() => clock.waiting()).toBe(1);
    clock.step();
    expect(asked.times).toBe(before + 1);
    await expect.poll(() => clock.waiting()).toBe(1);
  };
  return { alerts, sent, told, clock, look };
}

test("a receiver learns of a refused token, of a pool and a key near their end, and each once of all gateways", async () => {
  const gateway = await openServingGateway({ accounts: [{ ...alice, entitlement: 300, used: 280 }] });
  const { provider, send, keyId } = gateway;
  await provider.keys.update("ada", keyId, { limits: { maxRequests: 10 } });
  for (let index = 0; index < 9; index += 1) {
    expect(
      (await send("/v1/chat/completions", { model: "gpt-5-mini", messages: [{ role: "user", content: "hi" }] })).status,
    ).toBe(200);
  }
  const receiver = await startWebhookReceiver();
  const settings = {
    alertWebhook: { url: new Secret(receiver.url), secret: new Secret(alertWebhookSecret) },
    publicUrl: "https://llm.example",
    httpsProxy: null,
    noProxy: null,
  };
  const open = () =>
    openAlerts({ provider, settings, clock: createSystemClock(), randomness: createSystemRandomness(), log });
  for (const alerts of await Promise.all([open(), open()])) onTestFinished(() => alerts.close());
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(2);
  const credential = { kind: "user", token: new Secret("gho_nobody012345678") } as const;
  const { token } = await provider.tokens.create("ada", { alias: "nobody", enabled: true, credential });
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(3);

  const events = receiver.received.map(({ headers, body }) =>
    new Webhook(alertWebhookSecret).verify(body, headers as Record<string, string>),
  );
  expect(events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        type: "pool.quota_low",
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        data: expect.objectContaining({
          gateway_url: "https://llm.example",
          subject: null,
          values: expect.objectContaining({ unit: "premium_requests", entitlement: 300 }),
        }),
      }),
      expect.objectContaining({
        type: "key.near_limit",
        data: expect.objectContaining({
          subject: { kind: "key", id: keyId, alias: "laptop" },
          values: { limit: "max_requests", used: 9, allowed: 10, resets_at: null },
        }),
      }),
      expect.objectContaining({
        type: "token.refused",
        data: expect.objectContaining({
          severity: "critical",
          subject: { kind: "token", id: token.id, alias: "nobody" },
        }),
      }),
    ]),
  );
  expect(receiver.received.map(({ body }) => body).join()).not.toMatch(/gho_|clp_/);
  const trail = await provider.audit.search({ limit: 10, action: "alert" });
  expect(trail.events).toHaveLength(3);
});

test("what stands is told again after an hour, not before", async () => {
  const { alerts, sent, clock, look } = await watching(async () => true);
  alerts.push(nearLimit);
  const startMs = clock.nowMs();
  await look();
  expect(sent).toHaveLength(1);
  while (clock.nowMs() - startMs < 3_600_000) {
    expect(sent).toHaveLength(1);
    await look();
  }
  await look();
  expect(sent).toHaveLength(2);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
});

test("records that cannot be written are told even though the trail cannot be written either", async () => {
  const { alerts, sent, look } = await watching(() => Promise.reject(new Error("the disk is full")));
  alerts.push({ severity: "critical", code: "store_failing", reason: "The disk is full." });
  await look();
  await look();
  expect(sent).toHaveLength(1);
  expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({
    type: "store.failing",
    data: { severity: "critical", subject: null, values: { reason: "The disk is full." } },
  });
});

test("what is for the console only is told to the live events, when it comes and when it goes", async () => {
  const { alerts, sent, told, look } = await watching(async () => true);
  const expiring: Alert = { severity: "info", code: "key_expiring", key: { id: "key_1", alias: "ci" }, expiresAtMs: 1 };
  alerts.push(expiring);
  await look();
  await look();
  alerts.pop();
  await look();
  expect(told.filter(({ kind }) => kind === "alert")).toEqual([
    { kind: "alert", alert: expiring, stands: true },
    { kind: "alert", alert: expiring, stands: false },
  ]);
  expect(sent).toEqual([]);
});

test("requests that fail more than usual, and none at all, are sent out with their figures", async () => {
  const { alerts, sent, look } = await watching(async () => true);
  const figures = { requests: 120, errors: 30, rate: 0.25, weekRate: 0.02 };
  alerts.push({ severity: "warning", code: "error_rate_high", ...figures });
  alerts.push({ severity: "warning", code: "nothing_recorded", sinceMs: Date.UTC(2026, 0, 2) });
  await look();
  expect(sent.map(({ body }) => JSON.parse(body))).toMatchObject([
    {
      type: "requests.error_rate_high",
      data: {
        id: "error_rate_high",
        subject: null,
        values: { requests: 120, errors: 30, rate: 0.25, week_rate: 0.02 },
      },
    },
    {
      type: "requests.none_recorded",
      data: { id: "nothing_recorded", subject: null, values: { since: "2026-01-02T00:00:00.000Z" } },
    },
  ]);
});
