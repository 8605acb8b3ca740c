import { type Log, Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { startWebhookReceiver } from "../testing/webhook-receiver.js";
import { WebhookDelivery } from "./webhook-delivery.js";
import { createWebhookTarget } from "./webhook-target.js";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const message = { id: "evt_1", body: JSON.stringify({ type: "token.refused", data: { alias: "Ä \u{1f511}" } }) };

async function setUp(answer?: (before: number) => number) {
  const receiver = await startWebhookReceiver(answer);
  const lines: string[] = [];
  const write = (level: string) => (text: string, fields?: object) =>
    void lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
  const log: Log = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  const clock = createManualClock(Date.now());
  const target = createWebhookTarget({
    url: new Secret(`${receiver.url}?token=in-the-address`),
    secret: new Secret(secret),
    nowMs: clock.nowMs,
    httpsProxy: null,
    noProxy: null,
  });
  const delivery = new WebhookDelivery({ target, clock, randomness: { next: () => 0 }, log });
  onTestFinished(() => delivery.close());
  return { ...receiver, delivery, clock, lines };
}

test("what is sent passes Standard Webhooks' own verifier, and no other secret's", async () => {
  const { delivery, received } = await setUp();
  delivery.deliver(message);
  await expect.poll(() => received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: "" }] = received;
  const signed = headers as Record<string, string>;
  expect(new Webhook(secret).verify(body, signed)).toEqual(JSON.parse(message.body));
  expect(headers).toMatchObject({ "content-type": "application/json", "webhook-id": "evt_1" });
  expect(() => new Webhook(`whsec_${Buffer.alloc(32, 8).toString("base64")}`).verify(body, signed)).toThrow();
  expect(() => new Webhook(secret).verify(`${body} `, signed)).toThrow();
});

test("what is not taken is tried again later, as the same message, signed anew", async () => {
  const { delivery, clock, received, lines } = await setUp((before) => [500, 302][before] ?? 200);
  delivery.deliver(message);
  for (const [tries, waitMs] of [
    [1, 5_000],
    [2, 30_000],
  ] as const) {
    await expect.poll(() => lines).toHaveLength(tries);
    clock.advance(waitMs - 1);
    expect(received).toHaveLength(tries);
    clock.advance(1);
  }
  await expect.poll(() => lines.at(-1)).toBe('info alert sent {"alert_id":"evt_1","tries":3}');
  expect(received.map(({ headers }) => headers["webhook-id"])).toEqual(["evt_1", "evt_1", "evt_1"]);
  const stamps = received.map(({ headers }) => Number(headers["webhook-timestamp"]));
  expect((stamps[2] ?? 0) - (stamps[0] ?? 0)).toBe(35);
  for (const { headers, body } of received) new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(clock.waiting()).toBe(0);
});

test("what nobody takes is given up within the hour, and the log says so without the address", async () => {
  const { delivery, clock, received, lines } = await setUp(() => 503);
  const startMs = clock.nowMs();
  delivery.deliver(message);
  for (let tries = 1; tries <= 6; tries += 1) {
    await expect.poll(() => lines).toHaveLength(tries);
    clock.step();
  }
  expect([received.length, clock.waiting()]).toEqual([6, 0]);
  expect(clock.nowMs() - startMs).toBeLessThan(3_600_000);
  expect(lines.at(-1)).toMatch(/^error an alert was not taken, and is given up/);
  expect(lines.join()).not.toContain("in-the-address");
});

test("a receiver that is away holds nothing up: what it has not taken is bounded", async () => {
  const { delivery, received } = await setUp(() => 503);
  for (let index = 0; index < 150; index += 1) delivery.deliver({ ...message, id: `evt_${index}` });
  expect(delivery.hasRoom).toBe(false);
  await expect.poll(() => received.length).toBe(100);
});
