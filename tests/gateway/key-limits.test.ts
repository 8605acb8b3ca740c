import type { ApiKeyList, ApiKeyView, CreateApiKeyBody } from "@copilot-llm/gateway/admin-api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";

const chatPath = "/openai/v1/chat/completions";
const messagesPath = "/anthropic/v1/messages";
const credits = "creditor";
const creditsToken = "gho_creditor0123456789";
let count = 0;

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
  serving.simulator.addAccount({ login: credits, token: creditsToken, billing: "credits" });
  await serving.admin.addToken(credits, creditsToken);
});
afterAll(() => serving.stop());
afterEach(() => {
  serving.simulator.faults.remove();
  serving.simulator.requests.clear();
  serving.simulator.ledger.clear();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface LimitedKey {
  readonly id: string;
  ask(text: string, more?: Readonly<Record<string, unknown>>, route?: string): Promise<Answer>;
  /** As many at once, each a conversation of its own. */
  askMany(times: number, text: string, more?: Readonly<Record<string, unknown>>): Promise<readonly Answer[]>;
  /** Begins a stream, reads so many bytes of it and leaves. */
  leave(text: string, more: Readonly<Record<string, unknown>>, route: string, bytes: number): Promise<void>;
  view(): Promise<ApiKeyView>;
}

async function createKey(limits: Omit<CreateApiKeyBody, "alias">): Promise<LimitedKey> {
  count += 1;
  const created = await serving.admin.createKey({ alias: `limited ${count}`, ...limits });
  const headers = { authorization: `Bearer ${created.key}`, "anthropic-version": "2023-06-01" };
  const ask: LimitedKey["ask"] = async (text, more = {}, route = chatPath) => {
    const response = await serving.send(route, chatBody(text, more), { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    id: created.id,
    ask,
    askMany: (times, text, more) =>
      Promise.all(Array.from({ length: times }, (_, index) => ask(`${text}\n${index}`, more))),
    async leave(text, more, route, bytes) {
      const client = new AbortController();
      const body = chatBody(text, { stream: true, ...more });
      const response = await serving.send(route, body, { headers, signal: client.signal });
      let read = 0;
      for await (const chunk of response.body ?? []) {
        read += chunk.length;
        if (read >= bytes) break;
      }
      expect(read).toBeGreaterThanOrEqual(bytes);
      client.abort();
    },
    view: async () => {
      const { keys } = (await (await serving.admin.request("GET", "/api/admin/api-keys")).json()) as ApiKeyList;
      const view = keys.find(({ id }) => id === created.id);
      if (view === undefined) throw new Error("the key is gone");
      return view;
    },
  };
}

function countByStatus(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const messageOf = ({ text }: Answer) => (JSON.parse(text) as { error: { message: string } }).error.message;
const served = () => serving.simulator.requests.to("/chat/completions").length;
const startOfNextMonth = () => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1)).toISOString();
};

describe("200 requests at once", () => {
  it("with max_requests 10 get exactly 10 answers and 190 refusals, and only 10 reach Copilot", async () => {
    const key = await createKey({ max_requests: 10 });
    const answers = await key.askMany(200, "hello");
    expect(countByStatus(answers)).toEqual({ 200: 10, 402: 190 });
    expect(served()).toBe(10);
    expect(await key.view()).toMatchObject({ current_requests: 10 });
    const refused = answers.find(({ status }) => status === 402);
    expect(refused && messageOf(refused)).toMatch(/max_requests: 10/);
  });

  it("as streams too", async () => {
    const key = await createKey({ max_requests: 10 });
    expect(countByStatus(await key.askMany(200, "hello", { stream: true }))).toEqual({ 200: 10, 402: 190 });
    expect(await key.view()).toMatchObject({ current_requests: 10 });
  });

  it("with max_premium_requests 3 spend exactly 3 units of a model that costs 0.33 each", async () => {
    const key = await createKey({ max_premium_requests: 3, github_token_ids: [await tokenId("alice")] });
    const answers = await key.askMany(200, "hello", { model: "claude-haiku-4.5" });
    expect(countByStatus(answers)).toEqual({ 200: 9, 402: 191 });
    const { current_premium_requests } = await key.view();
    expect(current_premium_requests).toBeCloseTo(2.97, 6);
    expect(serving.simulator.ledger.totals("alice").premiumUnits).toBeCloseTo(2.97, 6);
  });

  it("with max_credits never spend more than one request's own excess over it", async () => {
    const limit = 0.5;
    const key = await createKey({ max_credits: limit, github_token_ids: [await tokenId(credits)] });
    const answers = await key.askMany(200, "sim: long 60", { model: "gpt-5.4", max_tokens: 100 });
    const { 200: answered = 0, 402: refused = 0 } = countByStatus(answers);
    expect(answered + refused).toBe(200);
    expect(answered).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
    const { current_credits } = await key.view();
    const charged = serving.simulator.ledger.entries().map(({ nanoAiu }) => nanoAiu / 1e9);
    expect(current_credits).toBeCloseTo(
      charged.reduce((sum, each) => sum + each, 0),
      9,
    );
    expect(current_credits).toBeLessThanOrEqual(limit + Math.max(...charged));
  });

  it("with max_credits hold though another account of the pool bills the model by premium units", async () => {
    const key = await createKey({ max_credits: 0.5 });
    const answers = await key.askMany(200, "sim: long 60", { model: "gpt-5.4", max_tokens: 100 });
    expect(countByStatus(answers)[402] ?? 0).toBeGreaterThan(0);
    const { current_credits, current_premium_requests } = await key.view();
    const charged = serving.simulator.ledger.entries().map(({ nanoAiu }) => nanoAiu / 1e9);
    expect(current_credits).toBeCloseTo(
      charged.reduce((sum, each) => sum + each, 0),
      9,
    );
    expect(current_credits).toBeLessThanOrEqual(0.5 + Math.max(...charged));
    expect(current_premium_requests).toBe(serving.simulator.ledger.totals("alice").premiumUnits);
  });

  it("with rpm 10 get exactly 10 answers, and the refusals say within a minute", async () => {
    const key = await createKey({ rpm: 10 });
    const answers = await key.askMany(200, "hello");
    expect(countByStatus(answers)).toEqual({ 200: 10, 429: 190 });
    for (const { status, headers } of answers) {
      if (status !== 429) continue;
      const retryAfter = Number(headers.get("retry-after"));
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(60);
    }
    const refused = answers.find(({ status }) => status === 429);
    expect(refused && messageOf(refused)).toMatch(/rpm: 10\b.*resets at \d{4}-/);
  });

  it("with max_concurrency 5 never have more than 5 under way", async () => {
    const key = await createKey({ max_concurrency: 5 });
    const answers = await key.askMany(200, "sim: delay 20\nsim: long 30", { stream: true });
    const { 200: answered = 0, 429: refused = 0 } = countByStatus(answers);
    expect(answered).toBeGreaterThanOrEqual(5);
    expect(answered + refused).toBe(200);
    const edges = serving.simulator.requests.to("/chat/completions").flatMap(({ atMs, finishedAtMs }) => [
      { atMs, change: 1 },
      { atMs: finishedAtMs ?? Number.POSITIVE_INFINITY, change: -1 },
    ]);
    edges.sort((one, other) => one.atMs - other.atMs || one.change - other.change);
    let open = 0;
    for (const { change } of edges) {
      open += change;
      expect(open).toBeLessThanOrEqual(5);
    }
    expect((await key.ask("hello")).status).toBe(200);
  });
});

describe("a refusal", () => {
  it.each([
    ["max_requests", { max_requests: 1 }, /1 requests in all \(max_requests: 1\); 1 are used\. .*does not reset/],
    ["a daily limit", { max_requests: 1, limit_period: "day" }, /per day \(max_requests: 1\).*resets at .*T00:00:00/],
    ["a monthly limit", { max_requests: 1, limit_period: "month" }, /per month \(max_requests: 1\)/],
  ] as const)("for %s names the limit, its value and its reset", async (_name, limits, message) => {
    const key = await createKey(limits);
    expect((await key.ask("hello")).status).toBe(200);
    const refused = await key.ask("hello again");
    expect(refused.status).toBe(402);
    expect(messageOf(refused)).toMatch(message);
    if ("limit_period" in limits && limits.limit_period === "month") {
      expect(messageOf(refused)).toContain(startOfNextMonth());
    }
  });

  it("is in Anthropic's own shape on Anthropic's API, and final", async () => {
    const key = await createKey({ max_requests: 1, limit_period: "day" });
    const message = { model: "claude-haiku-4.5", max_tokens: 50 };
    expect((await key.ask("hello", message, messagesPath)).status).toBe(200);
    const refused = await key.ask("hello", message, messagesPath);
    expect(refused.status).toBe(402);
    expect(JSON.parse(refused.text)).toMatchObject({
      type: "error",
      error: { type: "billing_error", message: expect.stringContaining("max_requests: 1") },
    });
    expect([refused.headers.get("x-should-retry"), refused.headers.get("retry-after")]).toEqual(["false", null]);
  });
});

describe("the headers of an answer tell what is left", () => {
  it("in OpenAI's names", async () => {
    const key = await createKey({ rpm: 10, tpm: 100_000 });
    const { headers } = await key.ask("hello", { max_tokens: 100 });
    expect(headers.get("x-ratelimit-limit-requests")).toBe("10");
    expect(headers.get("x-ratelimit-remaining-requests")).toBe("9");
    expect(headers.get("x-ratelimit-reset-requests")).toMatch(/^\d+(ms|s|m\d+s)$/);
    expect(headers.get("x-ratelimit-limit-tokens")).toBe("100000");
    const tokensLeft = Number(headers.get("x-ratelimit-remaining-tokens"));
    expect(tokensLeft).toBeGreaterThan(99_000);
    expect(tokensLeft).toBeLessThan(100_000);
  });

  it("in Anthropic's names", async () => {
    const key = await createKey({ max_requests: 10, limit_period: "day" });
    const { headers } = await key.ask(
      "hello",
      { model: "claude-haiku-4.5", max_tokens: 50, stream: true },
      messagesPath,
    );
    expect(headers.get("anthropic-ratelimit-requests-limit")).toBe("10");
    expect(headers.get("anthropic-ratelimit-requests-remaining")).toBe("9");
    expect(headers.get("anthropic-ratelimit-requests-reset")).toMatch(/^\d{4}-\d\d-\d\dT00:00:00Z$/);
    expect(headers.get("x-ratelimit-limit-requests")).toBeNull();
  });

  it("on a refusal too", async () => {
    const key = await createKey({ max_requests: 1 });
    await key.ask("hello");
    const { headers } = await key.ask("hello");
    expect(headers.get("x-ratelimit-limit-requests")).toBe("1");
    expect(headers.get("x-ratelimit-remaining-requests")).toBe("0");
  });
});

describe("a request that failed", () => {
  it.each(["prompt-too-long", "server-error", "quota-exceeded", "connection-reset", "rate-limited"] as const)(
    "upstream is not charged: %s",
    async (name) => {
      // An account of its own: the fault rests it.
      const login = `unlucky-${name}`;
      const token = `gho_${count}0123456789`;
      serving.simulator.addAccount({ login, token });
      const { id } = await serving.admin.addToken(login, token);
      const limits = { max_requests: 2, max_premium_requests: 5, max_credits: 5 };
      const key = await createKey({ ...limits, github_token_ids: [id] });
      serving.simulator.faults.add({ name, endpoint: "inference", account: login });
      expect((await key.ask("hello", { model: "gpt-5.4" })).status).toBeGreaterThanOrEqual(400);
      expect(await key.view()).toMatchObject({
        current_requests: 0,
        current_premium_requests: 0,
        current_credits: 0,
      });
    },
  );

  it("in the middle of its stream is not charged, and gives its place back", async () => {
    const key = await createKey({ max_requests: 1, max_concurrency: 1 });
    const broken = await key.ask("sim: long 40\nsim: cut 5", { stream: true });
    expect(broken.status).toBe(200);
    expect(await key.view()).toMatchObject({ current_requests: 0 });
    expect((await key.ask("hello")).status).toBe(200);
  });

  it.each([
    [chatPath, "gpt-5.4", {}],
    ["/openai/v1/responses", "gpt-5.4", { messages: undefined, input: "sim: long 3000\nsim: chunk-size 40" }],
    [messagesPath, "gpt-5.4", { max_tokens: 4_000 }],
    [messagesPath, "claude-sonnet-5", { max_tokens: 4_000 }],
  ])(
    "that its client leaves is charged as far as it had come, so that no limit can be read past: %s",
    async (route, model, more) => {
      const key = await createKey({ github_token_ids: [await tokenId(credits)] });
      await key.leave("sim: long 3000\nsim: chunk-size 40", { model, ...more }, route, 40_000);
      await expect.poll(async () => (await key.view()).current_requests, { timeout: 20_000 }).toBe(1);
      const { nanoAiu } = serving.simulator.ledger.totals(credits);
      expect(nanoAiu).toBeGreaterThan(0);
      // By its length: that is no count, but neither is it nothing.
      const { current_credits } = await key.view();
      expect(current_credits).toBeGreaterThan(nanoAiu / 1e9 / 4);
    },
  );

  it("for the client's own mistake is not charged", async () => {
    const key = await createKey({ max_requests: 1 });
    expect((await key.ask("hello", { model: "no-such-model" })).status).toBe(404);
    expect((await key.ask("hello", { messages: "none" })).status).toBe(400);
    expect(await key.view()).toMatchObject({ current_requests: 0 });
    expect((await key.ask("hello")).status).toBe(200);
  });
});

describe("a key", () => {
  it("that has expired or is disabled is refused with the reason, and works again once it is mended", async () => {
    const key = await createKey({});
    await change(key, { expires_at: "2020-01-01T00:00:00Z" });
    const expired = await key.ask("hello");
    expect([expired.status, messageOf(expired)]).toEqual([401, expect.stringContaining("2020-01-01T00:00:00.000Z")]);
    await change(key, { expires_at: null, enabled: false });
    const disabled = await key.ask("hello");
    expect([disabled.status, messageOf(disabled)]).toEqual([401, expect.stringContaining("disabled")]);
    await change(key, { enabled: true });
    expect((await key.ask("hello")).status).toBe(200);
    expect(await key.view()).toMatchObject({ current_requests: 1 });
  });

  it("whose limit is raised, or whose usage is reset, goes on at once", async () => {
    const key = await createKey({ max_requests: 1 });
    await key.ask("hello");
    expect((await key.ask("hello")).status).toBe(402);
    await change(key, { max_requests: 2 });
    expect((await key.ask("hello")).status).toBe(200);
    expect((await key.ask("hello")).status).toBe(402);
    expect((await serving.admin.request("POST", `/api/admin/api-keys/${key.id}/reset-usage`)).status).toBe(200);
    expect((await key.ask("hello")).status).toBe(200);
  });

  it("may use only the models it is allowed, and says which others it meant", async () => {
    const key = await createKey({ allowed_models: ["gpt-*", "claude-haiku-4.5"] });
    expect((await key.ask("hello", { model: "claude-haiku-4.5" })).status).toBe(200);
    const refused = await key.ask("hello", { model: "claude-sonnet-4.6" });
    expect([refused.status, messageOf(refused)]).toEqual([403, expect.stringContaining("claude-sonnet-4.6")]);
  });

  it("whose tokens were all deleted is refused, and never falls back to other people's", async () => {
    serving.simulator.addAccount({ login: "leaver", token: "gho_leaver0123456789" });
    const { id } = await serving.admin.addToken("leaver", "gho_leaver0123456789");
    const key = await createKey({ github_token_ids: [id] });
    expect((await key.ask("hello")).status).toBe(200);
    expect((await serving.admin.request("DELETE", `/api/admin/github-tokens/${id}`)).status).toBe(204);
    serving.simulator.requests.clear();
    const refused = await key.ask("hello");
    expect([refused.status, messageOf(refused)]).toEqual([403, expect.stringMatching(/bound to.*were deleted/)]);
    expect(served()).toBe(0);
    expect(await key.view()).toMatchObject({ github_token_ids: [id], current_requests: 1 });
  });
});

async function change(key: LimitedKey, body: object): Promise<void> {
  const response = await serving.admin.request("PATCH", `/api/admin/api-keys/${key.id}`, body);
  expect(response.status).toBe(200);
}

async function tokenId(alias: string): Promise<string> {
  const view = (await serving.admin.tokens())[alias];
  if (view === undefined) throw new Error(`no token ${alias}`);
  return view.id;
}
