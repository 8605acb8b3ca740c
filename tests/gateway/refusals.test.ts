import type { RequestFacts } from "@copilot-llm/gateway/admin-api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";

const chatPath = "/openai/v1/chat/completions";
const claude = "claude-sonnet-4.6";
const user = { role: "user", content: "hello" };

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());
afterEach(() => {
  serving.simulator.faults.remove();
  serving.simulator.requests.clear();
});

/** A refusal in the service's own shape. */
const refuse = (message: string, times = 1) =>
  serving.simulator.faults.add({
    name: "custom",
    status: 400,
    body: JSON.stringify({ error: { message, code: "invalid_request_body" } }),
    times,
  });

async function attemptsOf(response: Response): Promise<RequestFacts["attempts"]> {
  const id = response.headers.get("x-request-id");
  const answer = await serving.admin.request("GET", `/api/requests/${id}`);
  return ((await answer.json()) as RequestFacts).attempts;
}

const sentTo = (path: string): Record<string, unknown>[] =>
  serving.simulator.requests.to(path).map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);

describe("a parameter that a model refuses although no rule says so", () => {
  it("is left out once, is in the record, and later requests go up without it", async () => {
    refuse("Unsupported parameter: 'top_p' is not supported with this model.");
    const body = chatBody("hello", { model: "gpt-4.1", top_p: 0.5, temperature: 0.5 });
    const mended = await serving.send(chatPath, body);
    expect(mended.status).toBe(200);
    expect(sentTo("/chat/completions").map(({ top_p, temperature }) => [top_p, temperature])).toEqual([
      [0.5, 0.5],
      [undefined, 0.5],
    ]);
    expect(await attemptsOf(mended)).toMatchObject([
      { status: 400, failure: "rejected", changes: [] },
      { status: 200, failure: null, changes: ["without top_p"] },
    ]);
    serving.simulator.requests.clear();
    const next = await serving.send(chatPath, body);
    expect(sentTo("/chat/completions").map(({ top_p }) => top_p)).toEqual([undefined]);
    expect(await attemptsOf(next)).toMatchObject([{ status: 200, changes: ["without top_p"] }]);
  });

  it("is tried only once", async () => {
    refuse("Unsupported value: 'temperature' does not support 0.5 with this model.", 2);
    const refused = await serving.send(chatPath, chatBody("hello", { model: "gpt-4o", temperature: 0.5 }));
    expect([refused.status, sentTo("/chat/completions").length]).toEqual([400, 2]);
  });

  it("is so for betas of Anthropic's clients", async () => {
    refuse("unsupported beta header(s): interleaved-thinking-2025-05-14");
    const response = await serving.send(
      "/anthropic/v1/messages",
      { model: claude, max_tokens: 100, messages: [user] },
      { headers: { "anthropic-beta": "interleaved-thinking-2025-05-14" } },
    );
    expect(response.status).toBe(200);
    const betas = serving.simulator.requests.to("/v1/messages").map(({ headers }) => headers["anthropic-beta"]);
    expect(betas).toEqual(["interleaved-thinking-2025-05-14", undefined]);
  });
});

describe("sealed reasoning of another account", () => {
  const sealed = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "AAAA" };
  const input = [user, sealed, { role: "assistant", content: "hi" }, user];

  it.each([
    "sealed-reasoning-bad-request",
    "sealed-reasoning-invalid-request-error",
    "sealed-reasoning-invalid-request-body",
    "sealed-reasoning-text",
    "sealed-output-undecodable",
  ] as const)("is left out in a second try, by whatever words it is refused: %s", async (name) => {
    serving.simulator.faults.add({ name, times: 1 });
    const response = await serving.send("/openai/v1/responses", { model: "gpt-5.3-codex", input });
    expect(response.status).toBe(200);
    expect(sentTo("/responses").map((body) => JSON.stringify(body).includes("AAAA"))).toEqual([true, false]);
    expect((await attemptsOf(response)).at(-1)?.changes).toContain("without earlier reasoning");
  });

  it.each(["thinking-modified", "redacted-thinking-invalid", "invalid-signature"] as const)(
    "is so for signed thinking: %s",
    async (name) => {
      serving.simulator.faults.add({ name, times: 1 });
      const thought = {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm", signature: "AAAA" },
          { type: "text", text: "hi" },
        ],
      };
      const body = { model: claude, max_tokens: 2_000, messages: [user, thought, user] };
      const response = await serving.send("/anthropic/v1/messages", body);
      expect(response.status).toBe(200);
      expect(sentTo("/v1/messages").map((sent) => JSON.stringify(sent).includes("AAAA"))).toEqual([true, false]);
    },
  );
});

describe("a prompt that is too long for the service", () => {
  const tooLong = "prompt token count of 210000 exceeds the limit of 200000";
  const bodies = [
    [chatPath, { messages: [user] }],
    ["/openai/v1/responses", { input: "hello" }],
    ["/anthropic/v1/messages", { messages: [user], max_tokens: 100 }],
  ] as const;
  const models = [claude, "gpt-4.1", "gpt-5.3-codex"];

  it.each(bodies.flatMap(([path, body]) => models.map((model) => [path, model, body] as const)))(
    "is told in the words of the client's own API: %s on %s",
    async (path, model, body) => {
      refuse(tooLong);
      const response = await serving.send(path, { ...body, model });
      const { error } = (await response.json()) as { error: { code?: string; message: string } };
      expect([response.status, response.headers.get("x-should-retry")]).toEqual([400, "false"]);
      if (path.startsWith("/anthropic"))
        expect(error.message).toBe("prompt is too long: 210000 tokens > 200000 maximum");
      else expect(error.code).toBe("context_length_exceeded");
    },
  );
});

describe("what a client is told when nothing helps", () => {
  const bodies = [
    [chatPath, { messages: [user] }, "insufficient_quota"],
    ["/openai/v1/responses", { input: "hello" }, "insufficient_quota"],
    ["/anthropic/v1/messages", { messages: [user], max_tokens: 100 }, "billing_error"],
  ] as const;
  const toldBy = ({ status, headers }: Response) => [status, headers.get("x-should-retry"), headers.get("retry-after")];

  it.each(bodies)("a service without room is a 503 that says when to come back: %s", async (path, body) => {
    serving.simulator.faults.add({ name: "unavailable", times: 1 });
    const status = path.startsWith("/anthropic") ? 529 : 503;
    expect(toldBy(await serving.send(path, { ...body, model: claude }))).toEqual([status, null, "5"]);
  });

  it.each(bodies)("a quota that is gone everywhere is a 402, and final: %s", async (path, body, type) => {
    const login = `spent${bodies.findIndex(([known]) => known === path)}`;
    const token = `gho_${login}0123456789`;
    serving.simulator.addAccount({ login, token });
    const { id } = await serving.admin.addToken(login, token);
    const { key } = await serving.admin.createKey({ alias: login, github_token_ids: [id] });
    serving.simulator.faults.add({ name: "quota-exceeded", account: login, endpoint: "inference", times: 1 });
    // The first is told by GitHub, the second by the pool.
    for (const _ of [1, 2]) {
      const headers = { authorization: `Bearer ${key}` };
      const refused = await serving.send(path, { ...body, model: claude }, { headers });
      expect(toldBy(refused)).toEqual([402, "false", null]);
      expect(await refused.json()).toMatchObject({ error: { type } });
    }
    expect((await serving.admin.request("DELETE", `/api/admin/github-tokens/${id}`)).ok).toBe(true);
  });
});

describe("embeddings of more texts than the service takes at once", () => {
  it("go up in batches and come back as one, with the sum of their usage", async () => {
    const input = Array.from({ length: 2_000 }, (_, index) => `text number ${index}`);
    const ask = (texts: readonly string[]) =>
      serving.send("/openai/v1/embeddings", { model: "text-embedding-3-small", input: texts });
    const response = await ask(input);
    const answer = (await response.json()) as {
      data: { index: number; embedding: number[] }[];
      usage: { prompt_tokens: number };
    };
    expect(sentTo("/embeddings").map((body) => (body.input as string[]).length)).toEqual([512, 512, 512, 464]);
    expect(answer.data.map(({ index }) => index)).toEqual(input.map((_, index) => index));
    const alone = (await (await ask(input.slice(1_999))).json()) as typeof answer;
    expect(answer.data[1_999]?.embedding).toEqual(alone.data[0]?.embedding);
    expect(answer.usage.prompt_tokens).toBeGreaterThan(1_999 * alone.usage.prompt_tokens * 0.5);
    expect(await attemptsOf(response)).toHaveLength(4);
  });
});

describe("an answer that is none", () => {
  const bodies = [
    [chatPath, { messages: [user] }],
    ["/openai/v1/responses", { input: "hello" }],
    ["/anthropic/v1/messages", { messages: [user], max_tokens: 100 }],
  ] as const;
  const models = [claude, "gpt-4.1", "gpt-5.3-codex"];

  it.each(bodies.flatMap(([path, body]) => models.map((model) => [path, model, body] as const)))(
    "is a 502: %s on %s",
    async (path, model, body) => {
      for (const name of ["html-page", "garbage-json", "answer-cut"] as const) {
        serving.simulator.faults.add({ name, times: 1 });
        const response = await serving.send(path, { ...body, model });
        expect([name, response.status]).toEqual([name, 502]);
        expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
        // The strike is forgiven, so that the next fault is the first again.
        expect((await serving.send(path, { ...body, model })).status).toBe(200);
      }
    },
  );

  it("is a strike: three rest the token, and a pool of one serves on all the same", async () => {
    serving.simulator.faults.add({ name: "garbage-json", times: 3 });
    for (const _ of [1, 2, 3]) expect((await serving.send(chatPath, chatBody("hello"))).status).toBe(502);
    const { alice } = await serving.admin.tokens();
    expect(alice?.status).toBe("cooling");
    expect((await serving.send(chatPath, chatBody("hello"))).status).toBe(200);
    await expect.poll(async () => (await serving.admin.tokens()).alice?.status).toBe("active");
  });
});

describe("a pool of one token", () => {
  it.each(["connection-reset", "misdirected", "server-error"] as const)("never closes itself: %s", async (name) => {
    serving.simulator.faults.add({ name, times: 4 });
    for (const _ of [1, 2, 3, 4]) expect((await serving.send(chatPath, chatBody("hello"))).status).toBe(502);
    expect((await serving.send(chatPath, chatBody("hello"))).status).toBe(200);
  });
});

it("a schema that is nested 20,000 deep is a 400 that names the limit", async () => {
  const depth = 20_000;
  const schema = `${'{"type":"object","properties":{"a":'.repeat(depth)}{}${"}}".repeat(depth)}`;
  for (const model of [claude, "gpt-4.1", "gpt-5.3-codex"]) {
    const tool = `{"type":"function","function":{"name":"f","parameters":${schema}}}`;
    const body = `{"model":"${model}","messages":[{"role":"user","content":"hello"}],"tools":[${tool}]}`;
    const response = await serving.send(chatPath, body);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining("256")]);
  }
});
