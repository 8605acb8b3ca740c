import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { OwnKey } from "./schemas.js";

async function setUp() {
  const gateway = await openServingGateway();
  const limits = { maxRequests: 2, maxCredits: 5, limitPeriod: "day" } as const;
  const issued = await gateway.provider.keys.create("ada", {
    alias: "grace",
    note: "of the night shift",
    limits,
    githubTokenIds: [gateway.tokenId],
  });
  const value = issued.value.reveal();
  const me = async (headers: Record<string, string>) => {
    const response = await fetch(`${gateway.url}/api/me`, { headers });
    return { status: response.status, body: (await response.json()) as OwnKey };
  };
  return { ...gateway, key: issued.key, value, me };
}

test.each([
  ["as Bearer", (value: string) => ({ authorization: `Bearer ${value}` })],
  ["as x-api-key", (value: string) => ({ "x-api-key": value })],
] as const)("a key %s sees its own limits and what it has used", async (_name, headers) => {
  const { url, value, key, me } = await setUp();
  const body = JSON.stringify(chatBody("hi"));
  await (await fetch(`${url}/v1/chat/completions`, { method: "POST", headers: headers(value), body })).text();
  const answer = await me(headers(value));
  expect(answer).toMatchObject({
    status: 200,
    body: {
      id: key.id,
      alias: "grace",
      state: "active",
      limit_period: "day",
      max_requests: 2,
      current_requests: 1,
      budgets: [
        { limit: "max_requests", allowed: 2, used: 1, resets_at: expect.stringMatching(/T00:00:00.000Z$/) },
        { limit: "max_credits", allowed: 5 },
      ],
    },
  });
  expect(Object.keys(answer.body)).not.toEqual(expect.arrayContaining(["note"]));
  expect(JSON.stringify(answer.body)).not.toMatch(/night shift|tok_|ada/);
});

test("a key that is used up still sees that it is; one that is off does not", async () => {
  const { url, value, key, me, provider } = await setUp();
  const headers = { authorization: `Bearer ${value}` };
  for (let index = 0; index < 2; index += 1) {
    const body = JSON.stringify(chatBody("hi"));
    await (await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body })).text();
  }
  expect((await me(headers)).body).toMatchObject({ state: "limited", limited_by: "max_requests" });
  await provider.keys.update("ada", key.id, { enabled: false });
  expect((await me(headers)).status).toBe(401);
});

test("only a managed key opens it, and it opens nothing else of the kind", async () => {
  const { me, url, value, provider } = await setUp();
  expect((await me({})).status).toBe(401);
  expect((await me({ "x-api-key": "legacy key" })).status).toBe(401);
  await provider.users.list();
  for (const path of ["/api/admin/api-keys", "/api/stats", "/api/status", "/me", "/api/auth/sessions"]) {
    expect((await fetch(url + path, { headers: { authorization: `Bearer ${value}` } })).status).toBe(401);
  }
});
