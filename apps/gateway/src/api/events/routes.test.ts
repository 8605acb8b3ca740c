import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";

interface SentEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function setUp() {
  const gateway = await openGateway();
  const token = await signInAdmin(gateway);
  const controller = new AbortController();
  const response = await fetch(`${gateway.url}/api/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: controller.signal,
  });
  const events: SentEvent[] = [];
  const ended = (async () => {
    let text = "";
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const frames = text.split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) {
        const [, name, data] = /^event: (.*)\ndata: (.*)$/.exec(frame) ?? [];
        if (name !== undefined) events.push({ name, data: JSON.parse(data ?? "") as SentEvent["data"] });
      }
    }
  })().catch(() => "cut" as const);
  return { ...gateway, response, events, ended, hangUp: () => controller.abort() };
}

test("tells of tokens and of requests as they end", async () => {
  const { url, provider, simulator, response, events, hangUp } = await setUp();
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const credential = { kind: "user", token: new Secret("gho_alice0123456789") } as const;
  const { token } = await provider.tokens.create("ada", { alias: "alice", enabled: true, credential });
  const { key, value } = await provider.keys.create("ada", { alias: "laptop" });
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${value.reveal()}` },
    body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: "a secret plan" }] }),
  });
  await answer.text();
  simulator.faults.add({ name: "rate-limited", account: "alice", retryAfterSeconds: 30 });
  const refused = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${value.reveal()}` },
    body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: "another" }] }),
  });
  await refused.text();
  await provider.tokens.remove("ada", token.id);

  await expect.poll(() => events.at(-1)?.data).toMatchObject({ token_id: token.id, status: null });
  const statuses = events.filter(({ name }) => name === "token_state").map(({ data }) => data.status);
  expect(statuses).toEqual(["checking", "active", "cooling", null]);
  expect(events.filter(({ name }) => name === "request").map(({ data }) => data)).toMatchObject([
    {
      id: answer.headers.get("x-request-id"),
      key_id: key.id,
      key_alias: "laptop",
      token_alias: "alice",
      model: "gpt-5-mini",
      outcome: "completed",
      status: 200,
    },
    { id: refused.headers.get("x-request-id"), outcome: "failed", status: 429 },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/secret plan|gho_|clp_/);
  hangUp();
});

test("ends when the gateway stops, and does not hold it up", async () => {
  const { provider, ended } = await setUp();
  provider.events.end();
  expect(await ended).toBeUndefined();
});
