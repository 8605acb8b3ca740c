import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { Sparklines, Stats } from "./schemas.js";

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

test("rows of a time say when it begins", async () => {
  const { ask } = await openAskedGateway();
  const from = new Date(Date.now() - 3_600_000).toISOString();
  for (const bucket of ["5m", "hour", "day", "week", "month"]) {
    const { rows } = await ask<Stats>(`?group_by=${bucket}&from=${from}`);
    expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBe(4);
    for (const { group } of rows) expect(Date.parse(group ?? "")).toBeLessThanOrEqual(Date.now());
  }
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
