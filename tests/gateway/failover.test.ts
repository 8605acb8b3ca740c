import type { FaultName } from "@copilot-llm/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";

const chatPath = "/openai/v1/chat/completions";
const premiumModel = "claude-sonnet-4.6";

/** One row of the failover table: a fault on the first token, and what becomes of the request and of that token. */
interface Row {
  readonly fault: FaultName;
  readonly retryAfterSeconds?: number;
  readonly premium?: true;
  /** What the client sees, and how many tokens were tried. */
  readonly client: number;
  readonly tokensTried: number;
  /** The first token's state afterwards. */
  readonly state: "active" | "cooling" | "exhausted" | "auth_failed";
  /** Seconds that the client is told to wait. */
  readonly retryAfter?: string;
}

const rows: readonly Row[] = [
  { fault: "connection-reset", client: 200, tokensTried: 2, state: "active" },
  { fault: "server-error", client: 200, tokensTried: 2, state: "active" },
  { fault: "bad-gateway-html", client: 200, tokensTried: 2, state: "active" },
  { fault: "gateway-timeout", client: 200, tokensTried: 2, state: "active" },
  { fault: "token-expired", client: 200, tokensTried: 2, state: "auth_failed" },
  { fault: "quota-exceeded", premium: true, client: 200, tokensTried: 2, state: "exhausted" },
  { fault: "overage-limit-reached", premium: true, client: 200, tokensTried: 2, state: "exhausted" },
  { fault: "rate-limited", retryAfterSeconds: 40, client: 200, tokensTried: 2, state: "cooling" },
  { fault: "rate-limited-text", client: 200, tokensTried: 2, state: "cooling" },
  { fault: "user-global-rate-limited", client: 200, tokensTried: 2, state: "cooling" },
  { fault: "user-weekly-rate-limited", client: 200, tokensTried: 2, state: "cooling" },
  { fault: "user-model-rate-limited", retryAfterSeconds: 40, client: 200, tokensTried: 2, state: "active" },
  {
    fault: "integration-rate-limited",
    retryAfterSeconds: 7,
    client: 429,
    tokensTried: 1,
    state: "active",
    retryAfter: "7",
  },
  {
    fault: "upstream-provider-rate-limit",
    retryAfterSeconds: 7,
    client: 429,
    tokensTried: 1,
    state: "active",
    retryAfter: "7",
  },
  { fault: "unavailable", retryAfterSeconds: 7, client: 503, tokensTried: 1, state: "active", retryAfter: "7" },
  { fault: "prompt-too-long", client: 400, tokensTried: 1, state: "active" },
  { fault: "not-found", client: 404, tokensTried: 1, state: "active" },
  { fault: "payload-too-large", client: 413, tokensTried: 1, state: "active" },
  { fault: "content-filtered", client: 422, tokensTried: 1, state: "active" },
  { fault: "api-version-too-old", client: 502, tokensTried: 1, state: "active" },
];

describe("the failover table", () => {
  let serving: Serving;
  let first: string;
  beforeAll(async () => {
    serving = await startServing({ accounts: ["alice", "bob"] });
  });
  afterAll(() => serving.stop());
  afterEach(async () => {
    serving.simulator.faults.remove();
    await revive(serving);
  });

  it.each(rows)("$fault: the client sees $client after $tokensTried tokens, the token is $state", async (row) => {
    first = await nextToken(serving, row.premium === true);
    const { retryAfterSeconds } = row;
    const waiting = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
    serving.simulator.faults.add({ name: row.fault, account: first, endpoint: "inference", ...waiting });
    serving.simulator.requests.clear();
    const response = await ask(serving, row.premium === true);
    const tried = new Set(serving.simulator.requests.to("/chat/completions").map(({ account }) => account));
    const token = (await serving.admin.tokens())[first];
    expect({ client: response.status, tokensTried: tried.size, state: token?.status }).toEqual({
      client: row.client,
      tokensTried: row.tokensTried,
      state: row.state,
    });
    if (row.retryAfter !== undefined) expect(response.headers.get("retry-after")).toBe(row.retryAfter);
    if (row.state !== "active") expect(token?.error_message).toMatch(/\w/);
  });

  it("strips another account's reasoning and tries once more on the same token", async () => {
    serving.simulator.faults.add({ name: "invalid-signature", times: 1, endpoint: "inference" });
    serving.simulator.requests.clear();
    const messages = [
      { role: "user", content: "hi" },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm", signature: "x" },
          { type: "text", text: "yes?" },
        ],
      },
      { role: "user", content: "go on" },
    ];
    const body = {
      model: premiumModel,
      max_tokens: 2048,
      thinking: { type: "enabled", budget_tokens: 1024 },
      messages,
    };
    const response = await serving.send("/anthropic/v1/messages", body);
    expect(response.status).toBe(200);
    const seen = serving.simulator.requests.to("/v1/messages");
    expect(new Set(seen.map(({ account }) => account)).size).toBe(1);
    expect(seen.map(({ body: sent }) => sent.includes('"thinking":"hm"'))).toEqual([true, false]);
  });
});

describe("a pool of which nothing is left", () => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await startServing({ accounts: ["alice", "bob"] });
  });
  afterAll(() => serving.stop());

  it("answers 429 with the earliest return as retry-after, in each API's shape", async () => {
    serving.simulator.faults.add({ name: "rate-limited", account: "alice", retryAfterSeconds: 50 });
    serving.simulator.faults.add({ name: "rate-limited", account: "bob", retryAfterSeconds: 20 });
    await (await ask(serving, false)).text();
    const response = await ask(serving, false);
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeLessThanOrEqual(20);
    const other = await serving.send("/anthropic/v1/messages", { ...chatBody("hi"), max_tokens: 9 });
    expect(await other.json()).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
  });
});

let questions = 0;

async function ask(serving: Serving, premium: boolean): Promise<Response> {
  const body = chatBody(`question ${questions++}`);
  return serving.send(chatPath, premium ? { ...body, model: premiumModel } : body);
}

/** Which account the next new conversation goes to: round robin, so the one that did not serve the last. */
async function nextToken(serving: Serving, premium: boolean): Promise<string> {
  for (let index = 0; index < 2; index += 1) await (await ask(serving, premium)).text();
  return serving.simulator.requests.to("/chat/completions").at(-2)?.account ?? "";
}

/** Gives every token a fresh start: a removed and added token remembers no rest. */
async function revive(serving: Serving): Promise<void> {
  for (const [alias, { id, status }] of Object.entries(await serving.admin.tokens())) {
    if (status === "active") continue;
    await serving.admin.request("DELETE", `/api/admin/github-tokens/${id}`);
    await serving.admin.addToken(alias, githubTokenOf(alias));
  }
}
