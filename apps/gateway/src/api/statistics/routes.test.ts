import { expect, test } from "vitest";
import { sampleRecord } from "../../testing/sample-record.js";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { RequestCounts, Sparklines, Stats } from "./schemas.js";

const chat = "/v1/chat/completions";

/** Three answered requests on two models, and one for a model that there is not. */
async function openAskedGateway() {
  const gateway = await openServingGateway();
  for (const model of ["gpt-5-mini", "gpt-5-mini", "claude-haiku-4.5", "no-such-model"]) {
    await (await gateway.send(chat, chatBody("hello", { model }))).text();
  }
  const ask = async <Body>(query: string) => (await gateway.admin<Body>("GET", `/api/stats${query}`)).body;
  return { ...gateway, ask };
}

test("rows are of two dimensions, the totals tell failures by their code", async () => {
  const { ask, keyId } = await openAskedGateway();
  const today = new Date().toISOString().slice(0, 10);
  const byDay = await ask<Stats>("?group_by=day&split_by=model");
  expect(byDay.rows.map(({ group, split, requests }) => [group, split, requests])).toEqual([
    [today, "gpt-5-mini", 2],
    [today, null, 1],
    [today, "claude-haiku-4.5", 1],
  ]);
  expect(byDay.totals).toMatchObject({ requests: 4, errors: 1, aborted: 0, errors_by_code: { model_not_found: 1 } });
  expect(byDay.totals.ttft_p50_ms).toBeLessThanOrEqual(byDay.totals.ttft_p95_ms ?? 0);
  expect(byDay.totals.latency_p95_ms).toBeLessThanOrEqual(byDay.totals.latency_p99_ms ?? 0);
  expect(byDay.previous).toBeNull();
  const byModel = await ask<Stats>("?group_by=model&split_by=key");
  expect(byModel.rows[0]).toMatchObject({ group: "gpt-5-mini", split: keyId, split_label: "laptop", requests: 2 });
  const byCode = await ask<Stats>("?group_by=error");
  expect(byCode.rows).toMatchObject([{ group: "model_not_found", split: null, requests: 1 }]);
});

test("how fast tokens came is told where it is asked for, of all and of one alone", async () => {
  const gateway = await openServingGateway();
  const { stores } = gateway;
  const usage = { inputTokens: 1, outputTokens: 80, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  for (let number = 0; number < 3; number += 1) {
    const record = sampleRecord({ id: `req_${number}`, timeToFirstTokenMs: 500, durationMs: 2_500, usage });
    await stores.ledger.append({
      record: { ...record, startedAtMs: Date.now() },
      bodies: null,
      charges: { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 81 },
    });
  }
  const ask = async (query: string) => (await gateway.admin<Stats>("GET", `/api/stats${query}`)).body;
  const rate = "output_tokens_per_second_p50";
  expect((await ask("?group_by=model")).totals[rate]).toBeNull();
  for (const query of ["group_by=hour", "group_by=day&protocol=openai-chat", "group_by=key&split_by=model"]) {
    const { totals, rows } = await ask(`?${query}&include=output_tokens_per_second`);
    for (const figures of [totals, rows[0]]) {
      expect(figures?.[rate]).toBeGreaterThan(38);
      expect(figures?.[rate]).toBeLessThan(42);
    }
  }
  expect((await ask("?include=everything")) as unknown).toMatchObject({ error: { code: "invalid_request" } });
});

test("rows of a time say when it begins", async () => {
  const { ask } = await openAskedGateway();
  const from = new Date(Date.now() - 3_600_000).toISOString();
  for (const bucket of ["5m", "hour", "day", "week", "month"]) {
    const { rows } = await ask<Stats>(`?group_by=${bucket}&from=${from}`);
    expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBe(4);
    for (const { group } of rows) expect(Date.parse(group ?? "")).toBeLessThanOrEqual(Date.now());
  }
});

test("requests are counted by each value that they can be narrowed to", async () => {
  const { ask, keyId, tokenId } = await openAskedGateway();
  expect(await ask<RequestCounts>("/counts")).toEqual({
    model: { "gpt-5-mini": 2, "claude-haiku-4.5": 1 },
    key: { [keyId]: 4 },
    token: { [tokenId]: 3 },
    protocol: { "openai-chat": 4 },
    status: { completed: 3, failed: 1 },
    code: { model_not_found: 1 },
  });
  const nothing = { model: {}, key: {}, token: {}, protocol: {}, status: {}, code: {} };
  expect(await ask<RequestCounts>("/counts?from=2020-01-01&to=2020-02-01")).toEqual(nothing);
  expect(await ask("/counts?from=2020-02-01&to=2020-01-01")).toMatchObject({ error: { code: "invalid_request" } });
});

test("a span is compared with the one before it", async () => {
  const { ask } = await openAskedGateway();
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();
  const now = await ask<Stats>(`?from=${from}&to=${to}&compare=previous`);
  expect(now).toMatchObject({ from, to, totals: { requests: 4 } });
  const length = Date.parse(to) - Date.parse(from);
  expect(now.previous).toMatchObject({ from: new Date(Date.parse(from) - length).toISOString(), to: from });
  const later = await ask<Stats>(`?from=${to}&to=${new Date(Date.parse(to) + length).toISOString()}&compare=previous`);
  expect(later).toMatchObject({ totals: { requests: 0, errors_by_code: {} }, rows: [] });
  expect(later.previous?.totals).toMatchObject({ requests: 4, errors_by_code: { model_not_found: 1 } });
  expect(later.previous?.rows.length).toBeGreaterThan(0);
});

test("what makes no rows is refused", async () => {
  const { admin } = await openServingGateway();
  for (const query of ["?split_by=hour", "?group_by=key&split_by=key", "?group_by=year", "?compare=next"]) {
    expect((await admin("GET", `/api/stats${query}`)).status).toBe(400);
  }
});

test("rows of one model, key or token alone are right to the last figure, and so are the totals", async () => {
  const { ask, admin, keyId, tokenId } = await openAskedGateway();
  const byModel = await ask<Stats>("?group_by=model");
  const mini = byModel.rows.find(({ group }) => group === "gpt-5-mini");
  const ofMini = await ask<Stats>("?group_by=token&model=gpt-5-mini");
  expect(ofMini.rows).toMatchObject([{ group: tokenId, label: "alice", split: null, requests: 2 }]);
  const {
    group: _group,
    label: _label,
    split: _split,
    split_label: _splitLabel,
    is_other: _other,
    ...figures
  } = mini ?? {};
  expect(ofMini.totals).toEqual({ ...figures, errors_by_code: {} });
  expect((await ask<Stats>(`?group_by=day&key=${keyId}`)).totals).toMatchObject({
    requests: 4,
    errors_by_code: { model_not_found: 1 },
  });
  expect((await ask<Stats>("?group_by=5m&model=gpt-5-mini")).rows.map(({ requests }) => requests)).toEqual(
    expect.arrayContaining([2]),
  );
  expect((await ask<Stats>("?group_by=model&model=gpt-5-mini&split_by=key")).rows).toMatchObject([
    { group: "gpt-5-mini", split: keyId, requests: 2 },
  ]);
  expect((await ask<Stats>("?group_by=day&model=never-used")).totals.requests).toBe(0);
  for (const query of ["?model=a&key=b", "?group_by=key&split_by=day&model=a", "?group_by=team&model=a"]) {
    expect((await admin("GET", `/api/stats${query}`)).status).toBe(400);
  }
});

test("rows are of one protocol or of one outcome alone", async () => {
  const { ask, admin, send, keyId } = await openAskedGateway();
  const message = { model: "claude-haiku-4.5", max_tokens: 50, messages: [{ role: "user", content: "hello" }] };
  await (await send("/v1/messages", message)).text();
  const messages = await ask<Stats>("?group_by=model&protocol=anthropic-messages");
  expect(messages.rows).toMatchObject([{ group: "claude-haiku-4.5", requests: 1, errors: 0, unknown_usage: 0 }]);
  expect(messages.totals.output_tokens).toBeGreaterThan(0);
  const failed = await ask<Stats>("?group_by=key&outcome=failed");
  expect(failed.rows).toMatchObject([{ group: keyId, requests: 1, errors: 1 }]);
  expect(failed.totals).toMatchObject({ requests: 1, errors: 1, errors_by_code: { model_not_found: 1 } });
  expect((await ask<Stats>("?group_by=day&outcome=completed")).totals).toMatchObject({
    requests: 4,
    errors_by_code: {},
  });
  const byOutcome = await ask<Stats>("?group_by=protocol&split_by=outcome");
  expect(byOutcome.rows.map(({ group, split, requests }) => [group, split, requests])).toEqual([
    ["openai-chat", "completed", 3],
    ["openai-chat", "failed", 1],
    ["anthropic-messages", "completed", 1],
  ]);
  for (const query of ["?protocol=soap", "?outcome=fine", "?protocol=openai-chat&outcome=failed"]) {
    expect((await admin("GET", `/api/stats${query}`)).status).toBe(400);
  }
});

test("beyond a limit groups are one, and no request is lost", async () => {
  const { ask } = await openAskedGateway();
  const byModel = await ask<Stats>("?group_by=model&limit=1");
  expect(byModel.rows).toMatchObject([
    { group: "gpt-5-mini", is_other: false, requests: 2 },
    { group: "other", label: null, is_other: true, requests: 2, errors: 1, latency_p50_ms: null },
  ]);
  const byDay = await ask<Stats>("?group_by=day&split_by=model&limit=1");
  expect(byDay.rows.map(({ split, is_other, requests }) => [split, is_other, requests])).toEqual([
    ["gpt-5-mini", false, 2],
    ["other", true, 2],
  ]);
});

test("times without requests are there when they are asked for, in the days of a time zone", async () => {
  const { admin } = await openServingGateway();
  const ask = async (query: string) =>
    (await admin<Stats>("GET", `/api/stats${query}`)).body.rows.map(({ group }) => group);
  const days = "?from=2026-03-28T00:00:00Z&to=2026-03-30T12:00:00Z&fill=zero";
  expect(await ask(`${days}&group_by=day`)).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
  expect(await ask(`${days}&group_by=day&tz=Pacific/Auckland`)).toEqual([
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
    "2026-03-31",
  ]);
  expect(await ask(`${days}&group_by=day&tz=America/New_York`)).toEqual([
    "2026-03-27",
    "2026-03-28",
    "2026-03-29",
    "2026-03-30",
  ]);
  expect(await ask(`${days}&group_by=week`)).toEqual(["2026-03-23", "2026-03-30"]);
  expect(await ask(`${days}&group_by=month`)).toEqual(["2026-03"]);
  expect(await ask(`${days}&group_by=hour`)).toHaveLength(60);
  for (const query of ["?tz=Mars/Olympus", "?tz=%2B08:00", "?fill=zero&group_by=hour&from=2020-01-01"]) {
    expect((await admin("GET", `/api/stats${query}`)).status).toBe(400);
  }
});

test("sparklines of many come in one answer, with every day, and for those without requests", async () => {
  const { ask, keyId, tokenId, admin } = await openAskedGateway();
  const keys = await ask<Sparklines>(`/sparklines?by=key&ids=${keyId},key_unused`);
  expect(keys.starts).toHaveLength(7);
  expect(keys.starts.at(-1)).toBe(`${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`);
  expect(keys.rows).toEqual([
    { id: keyId, requests: [0, 0, 0, 0, 0, 0, 4], errors: [0, 0, 0, 0, 0, 0, 1] },
    { id: "key_unused", requests: [0, 0, 0, 0, 0, 0, 0], errors: [0, 0, 0, 0, 0, 0, 0] },
  ]);
  const tokens = await ask<Sparklines>("/sparklines?by=token&days=1");
  expect(tokens.starts).toHaveLength(new Date().getUTCHours() + 1);
  expect(tokens.rows.map(({ id, requests }) => [id, requests.reduce((sum, count) => sum + count, 0)])).toEqual([
    [tokenId, 3],
  ]);
  for (const query of ["", "?by=error", "?by=key&days=400"]) {
    expect((await admin("GET", `/api/stats/sparklines${query}`)).status).toBe(400);
  }
});
