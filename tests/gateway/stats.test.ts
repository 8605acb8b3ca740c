import type { AuditPage, Stats, StatsRow } from "@copilot-llm/gateway/admin-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";

const chatPath = "/openai/v1/chat/completions";
const dayMs = 24 * 60 * 60_000;

let serving: Serving;
let otherKeyId: string;

/** Six answered requests of two keys on two models, and one that Copilot refuses. */
beforeAll(async () => {
  serving = await startServing({ accounts: ["alice", "bob"] });
  const other = await serving.admin.createKey({ alias: "other" });
  otherKeyId = other.id;
  const ask = async (text: string, model: string, headers: Record<string, string> = {}) => {
    const response = await serving.send(chatPath, chatBody(text, { model }), { headers });
    await response.text();
    return response.status;
  };
  for (let index = 0; index < 4; index += 1) expect(await ask(`first ${index}`, "gpt-5-mini")).toBe(200);
  const headers = { authorization: `Bearer ${other.key}` };
  for (let index = 0; index < 2; index += 1)
    expect(await ask(`second ${index}`, "claude-haiku-4.5", headers)).toBe(200);
  expect(await ask("sim: fault prompt-too-long", "gpt-5-mini")).toBe(400);
});
afterAll(() => serving.stop());

async function stats(query = ""): Promise<Stats> {
  const response = await serving.admin.request("GET", `/api/stats${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Stats;
}

const byGroup = ({ rows }: Stats) => Object.fromEntries(rows.map((row) => [row.label, row.requests]));

describe("the statistics", () => {
  it("add up to what Copilot counted", async () => {
    const { totals, rows } = await stats();
    const counted = serving.simulator.ledger.totals();
    expect(totals).toMatchObject({ requests: 7, errors: 1, premium_units: 0.66, nano_aiu: counted.nanoAiu });
    expect(totals.input_tokens).toBeGreaterThan(0);
    expect(totals.output_tokens).toBeGreaterThan(0);
    expect(totals.latency_p50_ms).toBeLessThanOrEqual(totals.latency_p95_ms ?? 0);
    expect(totals.ttft_p50_ms).not.toBeNull();
    expect(rows).toHaveLength(1);
    const { errors_by_code: errorsByCode, ...figures } = totals;
    expect(Object.values(errorsByCode)).toEqual([1]);
    const today = new Date().toISOString().slice(0, 10);
    expect(rows[0]).toEqual({
      group: today,
      label: today,
      split: null,
      split_label: null,
      is_other: false,
      ...figures,
    });
  });

  it("are grouped by model, key, token and hour", async () => {
    expect(byGroup(await stats("?group_by=model"))).toEqual({ "gpt-5-mini": 5, "claude-haiku-4.5": 2 });
    const keys = await stats("?group_by=key");
    expect(byGroup(keys)).toEqual({ e2e: 5, other: 2 });
    expect(keys.rows.find(({ label }) => label === "other")?.group).toBe(otherKeyId);
    const tokens = byGroup(await stats("?group_by=token"));
    expect((tokens.alice ?? 0) + (tokens.bob ?? 0)).toBe(7);
    const hours = await stats("?group_by=hour");
    const sum = (field: "requests" | "input_tokens", rows: readonly StatsRow[]) =>
      rows.reduce((total, row) => total + row[field], 0);
    expect(sum("requests", hours.rows)).toBe(7);
    expect(sum("input_tokens", hours.rows)).toBe(hours.totals.input_tokens);
  });

  it("are of the time asked for", async () => {
    const day = (shift: number) => new Date(Date.now() + shift * dayMs).toISOString().slice(0, 10);
    expect((await stats(`?from=${day(-3)}&to=${day(-1)}`)).totals).toMatchObject({ requests: 0, latency_p50_ms: null });
    expect((await stats(`?from=${day(-1)}&to=${day(2)}`)).totals.requests).toBe(7);
    const offset = encodeURIComponent(`${day(-1)}T00:00:00+02:00`);
    expect((await stats(`?from=${offset}`)).totals.requests).toBe(7);
  });

  it.each(["?group_by=moon", "?from=yesterday", "?from=2026-02-01&to=2026-01-01"])("refuse %s", async (query) => {
    expect((await serving.admin.request("GET", `/api/stats${query}`)).status).toBe(400);
  });
});

describe("the audit trail", () => {
  it("is paged through, newest first, without gaps", async () => {
    const page = async (query: string) =>
      (await (await serving.admin.request("GET", `/api/admin/audit${query}`)).json()) as AuditPage;
    const whole = await page("?limit=500");
    expect(whole.next_cursor).toBeNull();
    expect(whole.events.map(({ action }) => action)).toEqual([
      "api_key.create",
      "api_key.create",
      "github_token.create",
      "github_token.create",
      "user.setup",
    ]);
    const collected: string[] = [];
    let cursor: string | null = null;
    do {
      const { events, next_cursor }: AuditPage = await page(`?limit=2${cursor === null ? "" : `&cursor=${cursor}`}`);
      expect(events.length).toBeLessThanOrEqual(2);
      collected.push(...events.map(({ id }) => id));
      cursor = next_cursor;
    } while (cursor !== null);
    expect(collected).toEqual(whole.events.map(({ id }) => id));
  });
});
