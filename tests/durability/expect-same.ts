import type { ApiKeyList, GithubTokenList, Sparklines, Stats } from "@copilot-llm/gateway/admin-api";
import { expect, onTestFinished } from "vitest";
import { chatBody, type Serving } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";
import { exportRecords } from "./exported-records.ts";

export interface Elsewhere {
  readonly dataDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts another gateway and expects the users, keys and tokens of `origin`, and these requests on record once. */
export async function expectSame(origin: Serving, elsewhere: Elsewhere, requestIds: readonly string[]): Promise<void> {
  const gateway = await startGateway({ simulator: origin.simulator, ...elsewhere });
  onTestFinished(async () => void (await gateway.stop()));
  expect(gateway.setupUrl()).toBeUndefined();
  const token = await signIn(gateway, origin.admin);
  const { tokens } = await read<GithubTokenList>(gateway, token, "/api/admin/github-tokens");
  expect(tokens.map(({ alias }) => alias).sort()).toEqual(["alice", "bob"]);
  const ids = (await exportRecords(gateway, token)).map(({ id }) => id);
  for (const id of requestIds) expect(ids.filter((other) => other === id)).toEqual([id]);
  const { keys } = await read<ApiKeyList>(gateway, token, "/api/admin/api-keys");
  expect(keys).toMatchObject([{ id: origin.key.id, current_requests: ids.length }]);
  const byDay = await read<Stats>(gateway, token, "/api/stats?group_by=day&split_by=model&compare=previous");
  expect(byDay.totals.requests).toBe(ids.length);
  expect(byDay.rows.map(({ split }) => split)).toEqual(["gpt-5-mini"]);
  const { rows } = await read<Sparklines>(gateway, token, `/api/stats/sparklines?by=key&ids=${origin.key.id}`);
  expect(rows.map(({ requests }) => requests.reduce((sum, count) => sum + count, 0))).toEqual([ids.length]);
  await expect.poll(async () => (await fetch(`${gateway.url}/ready`)).status, { timeout: 20_000 }).toBe(200);
  const headers = { authorization: `Bearer ${origin.key.key}`, "content-type": "application/json" };
  const body = JSON.stringify(chatBody("hello again"));
  expect((await fetch(`${gateway.url}/openai/v1/chat/completions`, { method: "POST", headers, body })).status).toBe(
    200,
  );
}

async function read<T>(gateway: Gateway, token: string, route: string): Promise<T> {
  const response = await fetch(gateway.url + route, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as T;
}
