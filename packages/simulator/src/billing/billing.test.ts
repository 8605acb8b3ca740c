import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alice, ask, carol, type Fixture, pick, startFixture } from "../../testing/fixture.js";
import { createLedger, type LedgerEntry } from "./ledger.js";
import { measureSegment } from "./measure-prompt.js";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture({
    accounts: [alice, carol, { token: "gho_frank00000000", login: "frank", plan: "free" }],
  });
});
afterEach(() => fixture.simulator.close());

const agent = { "x-initiator": "agent" };
const chat = (model: string, token: string = alice.token, headers: Record<string, string> = {}) =>
  fixture.post("/chat/completions", ask("/chat/completions", "hello", { model }), { token, headers });

describe("premium requests", () => {
  it("count a user's turn by the model's multiplier, and an agent's turn not at all", async () => {
    await chat("claude-haiku-4.5");
    await chat("claude-haiku-4.5");
    await chat("claude-sonnet-4.6", alice.token, agent);
    await chat("gpt-4.1");
    expect(fixture.simulator.quotaOf("alice").premium_interactions?.remaining).toBe(299.34);
    expect(fixture.simulator.ledger.totals("alice")).toMatchObject({ requests: 4, premiumUnits: 0.66, nanoAiu: 0 });
  });

  it("run out with 402 until the period ends, while free models and agent turns go on", async () => {
    fixture.simulator.changeAccount("alice", { used: 301 });
    expect(fixture.simulator.quotaOf("alice").premium_interactions).toMatchObject({
      remaining: -1,
      percent_remaining: -0.333,
      has_quota: false,
    });
    const refused = await chat("gpt-5.4");
    expect(refused.status).toBe(402);
    expect(await refused.json()).toEqual({ error: { message: "You have no quota", code: "quota_exceeded" } });
    expect(Number(refused.headers.get("retry-after"))).toBe(8.5 * 86_400);
    expect(refused.headers.get("x-quota-snapshot-premium_interactions")).toContain("rem=0.0");
    expect((await chat("gpt-4.1")).status).toBe(200);
    expect((await chat("gpt-5.4", alice.token, agent)).status).toBe(200);
    fixture.clock.now += 8.5 * 86_400_000;
    expect((await chat("gpt-5.4")).status).toBe(200);
    expect(fixture.simulator.quotaOf("alice").premium_interactions?.remaining).toBe(299);
  });

  it("go into overage where that is permitted", async () => {
    fixture.simulator.changeAccount("alice", { used: 300, overagePermitted: true });
    expect((await chat("gpt-5.4")).status).toBe(200);
    expect(fixture.simulator.quotaOf("alice").premium_interactions).toMatchObject({
      overage_count: 1,
      has_quota: true,
    });
  });

  it("never pass the entitlement under parallel load", async () => {
    fixture.simulator.changeAccount("alice", { used: 290 });
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await chat("gpt-5.4")).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(fixture.simulator.quotaOf("alice").premium_interactions?.remaining).toBe(0);
  });

  it("count a free plan's chats as well", async () => {
    await chat("gpt-4.1", "gho_frank00000000");
    expect(fixture.simulator.quotaOf("frank").chat).toMatchObject({ entitlement: 50, remaining: 49 });
  });
});

describe("AI credits", () => {
  it("are spent by tokens and reported to the last unit", async () => {
    let reported = 0;
    for (const path of ["/chat/completions", "/responses", "/v1/messages"]) {
      const body: unknown = await (await fixture.post(path, ask(path, "hello"), { token: carol.token })).json();
      reported += Number(pick(body, "copilot_usage.total_nano_aiu"));
    }
    const totals = fixture.simulator.ledger.totals("carol");
    expect(totals).toMatchObject({ nanoAiu: reported, reportedNanoAiu: reported, premiumUnits: 0 });
    expect(reported).toBeGreaterThan(0);
    const remaining = fixture.simulator.quotaOf("carol").premium_interactions?.remaining ?? 0;
    expect(1900 - remaining).toBeCloseTo(reported / 1e9, 2);
  });

  it("run out with 402 for agents too", async () => {
    fixture.simulator.changeAccount("carol", { used: 1900 });
    expect((await chat("gpt-5.4", carol.token, agent)).status).toBe(402);
    expect((await chat("gpt-4o", carol.token)).status).toBe(200);
  });

  it("cost more beyond the long-context limit", async () => {
    const text = "x".repeat(1_100_000);
    const body = ask("/v1/messages", text, { model: "claude-sonnet-5" });
    await fixture.post("/v1/messages", body, { token: carol.token });
    const [entry] = fixture.simulator.ledger.entries();
    const { input = 0, output = 0 } = entry?.tokens ?? {};
    expect(entry?.nanoAiu).toBe(input * 600_000 + output * 2_250_000);
  });
});

describe("prompt cache", () => {
  const long = "word ".repeat(200);
  const cachedTokens = async (token: string, turns: string[]) => {
    const messages = turns.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
    const response = await fixture.post("/chat/completions", { model: "gpt-4.1", messages }, { token });
    return Number(pick(await response.json(), "usage.prompt_tokens_details.cached_tokens"));
  };

  it("reads a prefix that the same account sent before, for five minutes", async () => {
    expect(await cachedTokens(alice.token, [long])).toBe(0);
    const read = await cachedTokens(alice.token, [long, "answer", "more"]);
    expect(read).toBe(204);
    expect(await cachedTokens(alice.token, [long, "answer", "more", "x", "y"])).toBeGreaterThan(read);
    expect(await cachedTokens(carol.token, [long])).toBe(0);
    fixture.clock.now += 5 * 60_000;
    expect(await cachedTokens(alice.token, [long])).toBe(0);
  });

  it("follows cache_control on /v1/messages, where writing is counted and marks may move", async () => {
    const usageOf = async (messages: unknown[]) => {
      const response = await fixture.post(
        "/v1/messages",
        { model: "claude-sonnet-4.6", max_tokens: 50, messages },
        { token: carol.token },
      );
      return pick(await response.json(), "usage");
    };
    const marked = (text: string) => [{ type: "text", text, cache_control: { type: "ephemeral" } }];
    expect(await usageOf([{ role: "user", content: [{ type: "text", text: long }] }])).toMatchObject({
      cache_creation_input_tokens: 0,
    });
    const first = await usageOf([{ role: "user", content: marked(long) }]);
    expect(first).toMatchObject({
      input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: expect.any(Number),
    });
    const second = await usageOf([
      { role: "user", content: [{ type: "text", text: long }] },
      { role: "assistant", content: "ok" },
      { role: "user", content: marked("next") },
    ]);
    expect(pick(second, "cache_read_input_tokens")).toBe(pick(first, "cache_creation_input_tokens"));
    expect(pick(second, "cache_creation_input_tokens")).toBeGreaterThan(0);
  });

  it("leaves short prompts alone by default", async () => {
    await fixture.simulator.close();
    fixture = await startFixture({ promptCacheMinimumTokens: 1024 });
    await cachedTokens(alice.token, [long]);
    expect(await cachedTokens(alice.token, [long])).toBe(0);
  });
});

describe("token counting", () => {
  it("counts five characters a token, a flat rate for images, and no cache marks", () => {
    expect(measureSegment({ role: "user", content: "1234567890" }).tokens).toBe(
      3 + Math.ceil("user\u00001234567890".length / 5),
    );
    const image = { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(10_000)}` } };
    expect(measureSegment(image).tokens).toBeLessThan(110);
    const plain = measureSegment({ text: "x" });
    const marked = measureSegment({ text: "x", cache_control: { type: "ephemeral" } });
    expect(marked).toEqual({ ...plain, breakpoint: true });
  });
});

describe("ledger", () => {
  it("keeps exact totals after it dropped old entries", () => {
    const ledger = createLedger(2);
    const tokens = { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 };
    const entry: LedgerEntry = {
      requestId: "r",
      account: "alice",
      model: "m",
      endpoint: "/responses",
      initiator: "user",
      atMs: 0,
      status: 200,
      outcome: "completed",
      tokens,
      nanoAiu: 7,
      reportedNanoAiu: 7,
      premiumUnits: 0.33,
    };
    for (let count = 0; count < 10; count += 1) ledger.append(entry);
    expect(ledger.entries()).toHaveLength(2);
    expect(ledger.totals()).toMatchObject({ requests: 10, outputTokens: 20, nanoAiu: 70, premiumUnits: 3.3 });
    expect(ledger.totals("bob").requests).toBe(0);
  });
});
