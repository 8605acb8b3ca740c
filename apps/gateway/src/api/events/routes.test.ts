import { Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, test, vi } from "vitest";
import { openExchange } from "../../testing/open-exchange.js";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";

interface SentEvent {
  readonly id: string | null;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

async function setUp() {
  const gateway = await openGateway();
  const token = await signInAdmin(gateway);
  const listen = (afterId?: string) => openStream(gateway.url, token, afterId);
  return { ...gateway, ...(await listen()), listen };
}

async function openStream(url: string, token: string, afterId?: string) {
  const controller = new AbortController();
  const response = await fetch(`${url}/api/events`, {
    headers: { authorization: `Bearer ${token}`, ...(afterId === undefined ? {} : { "last-event-id": afterId }) },
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
        const [, id = null, name, data] = /^(?:id: (.*)\n)?event: (.*)\ndata: (.*)$/.exec(frame) ?? [];
        if (name !== undefined) events.push({ id, name, data: JSON.parse(data ?? "") as SentEvent["data"] });
      }
    }
  })().catch(() => "cut" as const);
  return { response, events, ended, hangUp: () => controller.abort() };
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
      session_id: expect.stringContaining(":"),
      key_id: key.id,
      key_alias: "laptop",
      initiator: "user",
      user_agent: "node",
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

test("tells of a request as it is first sent, and of a key that comes to a limit", async () => {
  const { url, provider, events, hangUp } = await setUp();
  const credential = { kind: "user", token: new Secret("gho_alice0123456789") } as const;
  await provider.tokens.create("ada", { alias: "alice", enabled: true, credential });
  const limits = { maxRequests: 1, limitPeriod: "day" } as const;
  const { key, value } = await provider.keys.create("ada", { alias: "laptop", limits });
  const ask = async (): Promise<Response> => {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${value.reveal()}` },
      body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: "a secret plan" }] }),
    });
    await response.text();
    return response;
  };
  const served = await ask();
  const refused = await ask();
  expect([served.status, refused.status]).toEqual([200, 402]);

  await expect
    .poll(() => events.find(({ name }) => name === "key_state")?.data)
    .toEqual({
      key_id: key.id,
      alias: "laptop",
      state: "limited",
      limited_by: "max_requests",
      resets_at: expect.stringMatching(/T00:00:00\.000Z$/),
    });
  const id = served.headers.get("x-request-id");
  expect(events.filter(({ data }) => data.id === id).map(({ name }) => name)).toEqual(["request_started", "request"]);
  expect(events.filter(({ name }) => name === "request_started").map(({ data }) => data)).toEqual([
    {
      id,
      sent_at: expect.stringMatching(/Z$/),
      key_id: key.id,
      key_alias: "laptop",
      token_id: expect.stringMatching(/^tok_/),
      token_alias: "alice",
      model: "gpt-5-mini",
      protocol: "openai-chat",
      user_agent: "node",
    },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/secret plan|gho_|clp_/);
  hangUp();
});

test("a reader that comes back gets what it missed, each event once", async () => {
  const { provider, events, hangUp, ended, listen } = await setUp();
  const { key } = await provider.keys.create("ada", { alias: "laptop" });
  await expect.poll(() => events).toMatchObject([{ name: "key_changed", data: { key_id: key.id } }]);
  hangUp();
  await ended;
  await provider.settings.update("ada", { recording: "off" });
  await provider.keys.remove("ada", key.id);
  const again = await listen(events[0]?.id ?? "");
  await provider.settings.update("ada", { recording: null });
  await expect
    .poll(() => again.events.map(({ name }) => name))
    .toEqual(["settings_changed", "key_changed", "settings_changed"]);
  expect(new Set([...events, ...again.events].map(({ id }) => id)).size).toBe(4);
  again.hangUp();
});

test("a reader that comes back after a restart is told of the gap", async () => {
  const { provider, listen } = await setUp();
  const { events, hangUp } = await listen("another-7");
  await provider.settings.update("ada", { recording: "off" });
  await expect
    .poll(() => events.map(({ id, name }) => [id !== null, name]))
    .toEqual([
      [false, "gap"],
      [true, "settings_changed"],
    ]);
  hangUp();
});

test("nothing is begun for a reader who left while the session was looked up", async () => {
  const clock = createManualClock();
  const gateway = await openGateway({ clock });
  const { app, provider } = gateway;
  const headers = { authorization: `Bearer ${await signInAdmin(gateway)}` };
  const { incoming, outgoing, leave } = openExchange("GET", "/api/events");
  const sessionOf = provider.signIn.sessionOf.bind(provider.signIn);
  vi.spyOn(provider.signIn, "sessionOf").mockImplementation((token) => {
    leave();
    return sessionOf(token);
  });
  const subscribe = vi.spyOn(provider.events, "subscribe");
  await app.fetch(new Request("http://gateway/api/events", { headers }), { incoming, outgoing });
  expect([subscribe.mock.calls.length, clock.waiting()]).toEqual([0, 0]);
});

test("ends when the gateway stops, and does not hold it up", async () => {
  const { provider, ended } = await setUp();
  provider.events.end();
  expect(await ended).toBeUndefined();
});
