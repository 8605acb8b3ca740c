import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { QuotaCyclesView, QuotaForecastView } from "./schemas.js";

const alice = { login: "alice", token: "gho_alice0123456789" };

test("the forecast tells what is left of each payer's quota, and nothing of the future without a day of history", async () => {
  const { admin, send, provider, tokenId } = await openServingGateway({
    accounts: [{ ...alice, entitlement: 300, used: 280 }],
  });
  expect((await send("/v1/chat/completions", chatBody("hi"))).status).toBe(200);
  await provider.quota.refresh();
  const { status, body } = await admin<QuotaForecastView>("GET", "/api/quota/forecast");
  expect(status).toBe(200);
  expect(body.routing_strategy).toBe("round_robin");
  expect(body.entities).toEqual([
    {
      entity: "alice",
      name: "alice",
      token_ids: [tokenId],
      unit: "premium_requests",
      entitlement: 300,
      used: expect.closeTo(280, 0),
      remaining: expect.closeTo(20, 0),
      unlimited: false,
      reset_at: expect.any(String),
      pace: null,
      projected_used_at_reset: null,
      projected_waste: null,
      runs_out_at: null,
      used_here: expect.closeTo(0, 5),
      used_elsewhere: expect.closeTo(280, 0),
    },
  ]);
  expect(body.pool).toMatchObject([{ unit: "premium_requests", entitlement: 300, least_waste: null }]);
});

test("cycles are listed once they have ended, from a given time on", async () => {
  const { admin, stores, provider } = await openServingGateway({
    accounts: [{ ...alice, entitlement: 300, used: 10 }],
  });
  const cycle = {
    entityId: "acme",
    name: "Acme",
    unit: "credits",
    entitlement: 3_800,
    firstSeenAtMs: Date.now() - 80 * 86_400_000,
    usedElsewhereAtFirst: 0,
    lastSeenAtMs: Date.now() - 40 * 86_400_000,
    used: 3_000,
    usedHere: 2_500,
  } as const;
  const [may, june] = [60, 30].map((days) => Date.now() - days * 86_400_000);
  await stores.quotaCycles.note([
    { ...cycle, resetAtMs: may ?? 0 },
    { ...cycle, resetAtMs: june ?? 0 },
  ]);
  await provider.quota.refresh();
  const list = async (query: string) => (await admin<QuotaCyclesView>("GET", `/api/quota/cycles${query}`)).body.cycles;
  expect((await list("")).map(({ reset_at }) => Date.parse(reset_at))).toEqual([june, may]);
  expect(await list(`?from=${new Date(june ?? 0).toISOString()}`)).toEqual([
    {
      entity: "acme",
      name: "Acme",
      unit: "credits",
      reset_at: new Date(june ?? 0).toISOString(),
      seen_from: expect.any(String),
      entitlement: 3_800,
      used: 3_000,
      used_here: 2_500,
      used_elsewhere: 500,
      lost: 800,
    },
  ]);
  expect((await admin("GET", "/api/quota/cycles?from=yesterday")).status).toBe(400);
});
