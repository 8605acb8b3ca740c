import type { GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { afterEach, describe, expect, it } from "vitest";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";

const accounts = ["alice", "bob", "carol"];
const chatPath = "/openai/v1/chat/completions";

let serving: Serving;
afterEach(() => serving.stop());

/** Sends different conversations one after the other and resolves with their statuses. */
async function sendMany(count: number, headers: Record<string, string> = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const response = await serving.send(chatPath, chatBody(`conversation ${index}`), { headers });
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}

function servedByAccount(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { account = "nobody" } of serving.simulator.requests.to("/chat/completions")) {
    counts[account] = (counts[account] ?? 0) + 1;
  }
  return counts;
}

async function tokenOf(alias: string): Promise<GithubTokenView> {
  const view = (await serving.admin.tokens())[alias];
  if (view === undefined) throw new Error(`no token ${alias}`);
  return view;
}

const allOk = (count: number) => Array.from({ length: count }, () => 200);

describe("the pool", () => {
  it("spreads 30 requests over 3 tokens as 10/10/10", async () => {
    serving = await startServing({ accounts });
    expect(await sendMany(30)).toEqual(allOk(30));
    expect(servedByAccount()).toEqual({ alice: 10, bob: 10, carol: 10 });
    expect((await tokenOf("alice")).total_requests).toBe(10);
  });

  it("rests a token that says 429 for its retry-after, and fails no request", async () => {
    serving = await startServing({ accounts });
    serving.simulator.faults.add({ name: "rate-limited", account: "bob", retryAfterSeconds: 30 });
    const beforeMs = Date.now();
    expect(await sendMany(30)).toEqual(allOk(30));
    const { alice = 0, bob, carol = 0 } = servedByAccount();
    expect({ bob, others: alice + carol }).toEqual({ bob: 1, others: 30 });
    expect(Math.abs(alice - carol)).toBeLessThanOrEqual(1);
    const { status, error_message, cooling_until } = await tokenOf("bob");
    expect({ status, error_message }).toEqual({ status: "cooling", error_message: expect.stringMatching(/\w/) });
    const restMs = Date.parse(cooling_until ?? "") - beforeMs;
    expect(restMs).toBeGreaterThan(29_000);
    expect(restMs).toBeLessThan(60_000);
  });

  it("uses a rested token again once its rest is over", async () => {
    serving = await startServing({ accounts: ["alice", "bob"] });
    serving.simulator.faults.add({ name: "rate-limited", account: "bob", retryAfterSeconds: 1, times: 1 });
    expect(await sendMany(4)).toEqual(allOk(4));
    await expect.poll(async () => (await tokenOf("bob")).status, { timeout: 10_000 }).toBe("active");
    serving.simulator.requests.clear();
    expect(await sendMany(4)).toEqual(allOk(4));
    expect(servedByAccount()).toEqual({ alice: 2, bob: 2 });
  });

  it("marks a token that GitHub refuses as auth_failed, says why, and fails no request", async () => {
    serving = await startServing({ accounts });
    serving.simulator.faults.add({ name: "bad-credentials", account: "carol" });
    expect(await sendMany(30)).toEqual(allOk(30));
    const { status, error_message } = await tokenOf("carol");
    expect(status).toBe("auth_failed");
    expect(error_message).toMatch(/Bad credentials|401/);
    const { alice = 0, bob = 0 } = servedByAccount();
    expect(alice + bob).toBe(30);
  });

  it("refuses to take a token that GitHub refuses for a working one", async () => {
    serving = await startServing({ accounts: ["alice"] });
    const view = await serving.admin.addToken("stranger", githubTokenOf("stranger"));
    expect(view).toMatchObject({ status: "auth_failed", error_message: expect.stringMatching(/\w/) });
    expect(await sendMany(3)).toEqual(allOk(3));
  });

  it("takes an exhausted token out until its reset", async () => {
    serving = await startServing({ accounts });
    serving.simulator.faults.add({ name: "quota-exceeded", account: "alice" });
    expect(await sendMany(9)).toEqual(allOk(9));
    expect(await tokenOf("alice")).toMatchObject({ status: "exhausted" });
  });

  it("tries another token when one fails before the first byte", async () => {
    serving = await startServing({ accounts });
    serving.simulator.faults.add({ name: "connection-reset", account: "alice" });
    serving.simulator.faults.add({ name: "bad-gateway", account: "bob" });
    expect(await sendMany(6)).toEqual(allOk(6));
  });

  it("does not try another token for the client's own mistake", async () => {
    serving = await startServing({ accounts });
    serving.simulator.faults.add({ name: "prompt-too-long" });
    const response = await serving.send(chatPath, chatBody("hello"));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining("exceeds the limit") } });
    expect(serving.simulator.requests.to("/chat/completions")).toHaveLength(1);
  });
});

describe("X-GitHub-Token-Id", () => {
  it("pins a request to one token", async () => {
    serving = await startServing({ accounts });
    const { id } = await tokenOf("bob");
    expect(await sendMany(6, { "x-github-token-id": id })).toEqual(allOk(6));
    expect(servedByAccount()).toEqual({ bob: 6 });
  });

  it("is a 400 when there is no such token", async () => {
    serving = await startServing({ accounts });
    expect(await sendMany(1, { "x-github-token-id": "no-such-token" })).toEqual([400]);
    expect(servedByAccount()).toEqual({});
  });
});

describe("a key bound to tokens", () => {
  it("uses no other token", async () => {
    serving = await startServing({ accounts });
    const { id } = await tokenOf("carol");
    const bound = await serving.admin.createKey({ alias: "carols own", github_token_ids: [id] });
    expect(await sendMany(6, { authorization: `Bearer ${bound.key}` })).toEqual(allOk(6));
    expect(servedByAccount()).toEqual({ carol: 6 });
  });
});
