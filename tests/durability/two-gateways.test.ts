import type { ApiKeyList, GithubTokenList } from "@copilot-llm/gateway/admin-api";
import { expect, it, vi } from "vitest";
import type { Admin } from "../testing/admin.ts";
import { chatBody, githubTokenOf } from "../testing/serving.ts";
import type { Gateway } from "../testing/start-gateway.ts";
import { describeWithPostgres } from "./describe-with-postgres.ts";
import { exportRecords } from "./exported-records.ts";
import { startLoad } from "./start-load.ts";
import { startTwoGateways } from "./start-two-gateways.ts";

const chatPath = "/openai/v1/chat/completions";
/** What is changed on one gateway is in force on the others by then. */
const reach = { timeout: 1_000, interval: 20 };

function ask(gateway: Gateway, key: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(gateway.url + chatPath, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function statusOf(response: Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await body?.cancel();
  return status;
}

async function read<T>(gateway: Gateway, admin: Admin, route: string): Promise<T> {
  const response = await fetch(gateway.url + route, { headers: { authorization: `Bearer ${admin.token}` } });
  return (await response.json()) as T;
}

describeWithPostgres("two gateways on one database", (server) => {
  it("tell each other of keys, tokens, settings and rests within a second", async () => {
    const {
      simulator,
      admin,
      gateways: [a, b],
    } = await startTwoGateways(server());
    const key = await admin.createKey({ alias: "team" });
    const hello = (model = "gpt-5-mini") => ({ ...chatBody("hello"), model });
    await expect.poll(() => statusOf(ask(b, key.key, hello())), reach).toBe(200);

    expect((await admin.request("PATCH", "/api/admin/settings", { model_aliases: { quick: "gpt-5-mini" } })).ok).toBe(
      true,
    );
    await expect.poll(() => statusOf(ask(b, key.key, hello("quick"))), reach).toBe(200);

    const bob = await admin.addToken("bob", githubTokenOf("bob"));
    const onBob = { "x-github-token-id": bob.id };
    // The other one signs in at GitHub first.
    await expect.poll(() => statusOf(ask(b, key.key, hello(), onBob)), { timeout: 10_000 }).toBe(200);
    const stateOnB = async () => {
      const { tokens } = await read<GithubTokenList>(b, admin, "/api/admin/github-tokens");
      return tokens.find(({ alias }) => alias === "bob")?.status;
    };
    simulator.faults.add({ name: "user-global-rate-limited", account: "bob", times: 1, retryAfterSeconds: 60 });
    expect(await statusOf(ask(a, key.key, hello(), onBob))).toBe(429);
    await expect.poll(stateOnB, reach).toBe("cooling");
    expect(await statusOf(ask(b, key.key, hello(), onBob))).toBe(429);
    expect((await admin.request("PATCH", `/api/admin/github-tokens/${bob.id}`, { enabled: false })).ok).toBe(true);
    await expect.poll(stateOnB, reach).toBe("disabled");

    expect((await admin.request("PATCH", `/api/admin/api-keys/${key.id}`, { enabled: false })).ok).toBe(true);
    await expect.poll(() => statusOf(ask(b, key.key, hello())), reach).toBe(401);
  });

  it("answer exactly 100 of 500 parallel requests against max_requests 100", async () => {
    const { admin, gateways } = await startTwoGateways(server());
    const { key } = await admin.createKey({ alias: "limited", max_requests: 100 });
    const statuses = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const stream = index % 4 < 2;
        const response = await ask(gateways[index % 2 === 0 ? 0 : 1], key, chatBody(`question ${index}`, { stream }));
        await response.text();
        return response.status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 402)).toHaveLength(400);
  });

  it("give back what a killed one had reserved", async () => {
    const {
      simulator,
      admin,
      gateways: [a, b],
    } = await startTwoGateways(server());
    const { key } = await admin.createKey({ alias: "narrow", max_concurrency: 2 });
    const endless = chatBody("sim: first-byte 120000", { stream: true });
    const held = [ask(a, key, endless), ask(a, key, endless)].map((request) => request.catch(() => null));
    await vi.waitUntil(() => simulator.requests.to("/chat/completions").length === 2, { timeout: 10_000 });
    expect(await statusOf(ask(b, key, chatBody("hello")))).toBe(429);
    await a.kill();
    await Promise.all(held);
    await expect.poll(() => statusOf(ask(b, key, chatBody("hello"))), { timeout: 30_000 }).toBe(200);
  });

  it("lose and double nothing when either is killed or PostgreSQL restarts under load", async () => {
    const two = await startTwoGateways(server());
    const { admin, gateways } = two;
    const key = await admin.createKey({ alias: "load", max_requests: 1_000_000 });
    let turn = 0;
    const nextUrl = () => {
      turn += 1;
      return gateways[turn % 2 === 0 ? 0 : 1].url;
    };
    const load = startLoad({ nextUrl, key: key.key, perSecond: 100 });
    const answerMore = (count: number) => {
      const enough = load.answered.length + count;
      return vi.waitUntil(() => load.answered.length >= enough, { timeout: 30_000, interval: 5 });
    };
    await answerMore(100);
    for (const index of [0, 1] as const) {
      await gateways[index].kill();
      await answerMore(50);
      await two.restart(index);
      await answerMore(50);
    }
    for (const mode of ["fast", "immediate"] as const) {
      await server().stop(mode);
      await server().start();
      await answerMore(100);
    }
    await load.stop();
    expect(load.refusals.filter(({ status }) => status !== 503)).toEqual([]);

    // What waited on disk while the database was gone is delivered once it is back.
    const missing = async () => {
      const recorded = new Set((await exportRecords(gateways[0], admin.token)).map(({ id }) => id));
      return load.answered.filter((id) => !recorded.has(id)).length;
    };
    await expect.poll(missing, { timeout: 20_000 }).toBe(0);
    const records = await exportRecords(gateways[1], admin.token);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    const { keys } = await read<ApiKeyList>(gateways[1], admin, "/api/admin/api-keys");
    const used = keys[0]?.current_requests ?? 0;
    expect(used).toBeGreaterThanOrEqual(load.answered.length);
    expect(used).toBeLessThanOrEqual(records.length);
  }, 120_000);
});
