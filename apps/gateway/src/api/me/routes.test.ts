import { createSystemClock } from "@copilot-llm/provider";
import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { SessionPage } from "../sessions/schemas.js";
import type { SessionTurnPage } from "../sessions/turn-schemas.js";
import type { OwnKey, OwnSessionPage, OwnTurnPage, OwnUsage } from "./schemas.js";

async function setUp(clock = createSystemClock()) {
  const gateway = await openServingGateway({}, { wholeClock: clock });
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
  const read = async <Body>(path: string) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${value}` } });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const ask = async (text: string) => {
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${value}` },
      body: JSON.stringify(chatBody(text)),
    });
    await response.text();
  };
  return { ...gateway, key: issued.key, value, me, read, ask };
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

test("a key sees what it has used by day and by model, and nothing of others", async () => {
  const nowMs = Date.UTC(2026, 2, 10, 20, 30);
  const { send, ask, read } = await setUp({ ...createSystemClock(), nowMs: () => nowMs });
  await ask("mine");
  await (await send("/v1/chat/completions", chatBody("not mine"))).text();
  const { status, body } = await read<OwnUsage>("/api/me/usage?days=3&tz=Asia/Shanghai");
  expect(status).toBe(200);
  expect(body.totals.requests).toBe(1);
  // By then it was half past four of March 11 there.
  expect([body.from, body.to]).toEqual(["2026-03-08T16:00:00.000Z", "2026-03-10T20:30:00.000Z"]);
  expect(body.days.map(({ group, requests }) => [group, requests])).toEqual([
    ["2026-03-09", 0],
    ["2026-03-10", 0],
    ["2026-03-11", 1],
  ]);
  expect(body.models.map(({ group, requests }) => [group, requests])).toEqual([["gpt-5-mini", 1]]);
  expect((await read("/api/me/usage?days=93")).status).toBe(400);
  expect((await read("/api/me/usage?tz=nowhere")).status).toBe(400);
});

test("a key sees its own sessions once an admin allows it, and never whose tokens served", async () => {
  const { send, ask, read, admin, value } = await setUp();
  await ask("the plan for Lisbon");
  await (await send("/v1/chat/completions", chatBody("somebody else's"))).text();
  expect(await read("/api/me/sessions")).toMatchObject({ status: 403, body: { error: { code: "permission_denied" } } });
  expect((await admin("PATCH", "/api/admin/settings", { holders_see_sessions: true })).status).toBe(200);
  expect((await read<OwnKey>("/api/me")).body.sees_sessions).toBe(true);
  await ask("another plan");
  const first = (await read<OwnSessionPage>("/api/me/sessions?limit=1")).body;
  const second = (await read<OwnSessionPage>(`/api/me/sessions?limit=1&cursor=${first.next_cursor}`)).body;
  expect([...first.sessions, ...second.sessions].map(({ title }) => title)).toEqual([
    "another plan",
    "the plan for Lisbon",
  ]);
  expect(second.next_cursor).toBeNull();
  expect(JSON.stringify([first, second])).not.toMatch(/somebody|alice|tok_/);
  expect(JSON.stringify(first)).not.toContain(value);
});

test("a key reads its own sessions once an admin allows it, and finds none of others", async () => {
  const { send, ask, read, admin, provider } = await setUp();
  await ask("the plan for Lisbon");
  await (await send("/v1/chat/completions", chatBody("somebody else's"))).text();
  const { body: page } = await admin<SessionPage>("GET", "/api/sessions");
  const idOf = (title: string) => page.sessions.find((session) => session.title === title)?.id ?? "";
  const own = `/api/me/sessions/${idOf("the plan for Lisbon")}/turns`;
  expect(await read(own)).toMatchObject({ status: 403, body: { error: { code: "permission_denied" } } });
  await admin("PATCH", "/api/admin/settings", { holders_see_sessions: true });
  const { status, body } = await read<OwnTurnPage>(own);
  expect(status).toBe(200);
  expect(body.turns).toMatchObject([
    { is_recorded: true, messages: [{ role: "user", parts: [{ type: "text", text: "the plan for Lisbon" }] }] },
  ]);
  const tokens = (await provider.tokens.list()).map(({ token }) => token);
  for (const { id, alias } of tokens) expect(JSON.stringify(body)).not.toMatch(new RegExp(`${id}|${alias}`, "u"));
  expect(JSON.stringify(body)).not.toMatch(/"(?:token|key)_[a-z]+":|attempts/u);
  for (const id of [idOf("somebody else's"), "no-such-session"]) {
    const missing = await read(`/api/me/sessions/${id}/turns`);
    expect(missing).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  }
});

test("of a conversation that an admin went on with, a key reads its own part", async () => {
  const { ask, read, admin } = await setUp();
  await ask("the plan for Lisbon");
  await admin("PATCH", "/api/admin/settings", { holders_see_sessions: true });
  const id = (await read<OwnSessionPage>("/api/me/sessions")).body.sessions[0]?.id ?? "";
  await admin("POST", `/api/sessions/${id}/continue`, { message: "between admins" });
  const all = await admin<SessionTurnPage>("GET", `/api/sessions/${id}/turns`);
  expect(all.body.turns).toHaveLength(2);
  const { body } = await read<OwnTurnPage>(`/api/me/sessions/${id}/turns`);
  expect(body.turns).toHaveLength(1);
  expect(JSON.stringify(body)).not.toContain("between admins");
});
