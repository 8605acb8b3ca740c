import { expect, test } from "vitest";
import { chatBody, openServingGateway, type ServingGateway } from "../../testing/serving.js";
import type { RequestDetail, RequestList, StreamEvents } from "./schemas.js";

const root = "/api/requests";
const chat = "/v1/chat/completions";

/** Sends it, waits for the whole answer, and says which request it was. */
async function ask({ send }: ServingGateway, body: object, path = chat): Promise<{ id: string; text: string }> {
  const response = await send(path, body);
  const text = await response.text();
  return { id: response.headers.get("x-request-id") ?? "", text };
}

test("the latest requests come first, of whatever session", async () => {
  const gateway = await openServingGateway();
  const ids: string[] = [];
  const turns = [
    [{ role: "user", content: "first" }],
    [
      { role: "user", content: "first" },
      { role: "assistant", content: "Echo: first" },
      { role: "user", content: "more" },
    ],
  ];
  ids.push((await ask(gateway, chatBody("", { messages: turns[0] }))).id);
  ids.push((await ask(gateway, chatBody("second"))).id);
  ids.push((await ask(gateway, chatBody("", { messages: turns[1] }))).id);
  ids.push((await ask(gateway, chatBody("none", { model: "no-such-model" }))).id);
  const list = async (query: string) => (await gateway.admin<RequestList>("GET", root + query)).body.requests;
  expect((await list("")).map(({ id }) => id)).toEqual([...ids].reverse());
  expect((await list("?limit=2")).map(({ id }) => id)).toEqual([ids[3], ids[2]]);
  expect(await list("")).toMatchObject([
    { outcome: "failed", error_code: "model_not_found" },
    { outcome: "completed", key_alias: "laptop", model_used: "gpt-5-mini" },
    {},
    {},
  ]);
  expect(JSON.stringify(await list(""))).not.toContain("second");
  expect((await gateway.admin("GET", `${root}?limit=0`)).status).toBe(400);
});

test("requests come in pages, and are narrowed by what they are asked for, their client and what they say", async () => {
  const gateway = await openServingGateway();
  const said = ["alpha", "beta", "gamma"];
  const ids: string[] = [];
  for (const word of said) ids.push((await ask(gateway, chatBody(`the word ${word}`))).id);
  ids.push((await ask(gateway, chatBody("none", { model: "no-such-model" }))).id);
  const read = async (query: string) => (await gateway.admin<RequestList>("GET", `${root}?${query}`)).body;
  const list = async (query: string) => (await read(query)).requests.map(({ id }) => id);
  const first = await read("limit=3");
  expect(first.requests.map(({ id }) => id)).toEqual([ids[3], ids[2], ids[1]]);
  expect(await read(`limit=3&cursor=${first.next_cursor}`)).toMatchObject({
    requests: [{ id: ids[0] }],
    next_cursor: null,
    searched_to: null,
  });
  expect(await list("status=failed")).toEqual([ids[3]]);
  expect(await list("code=model_not_found")).toEqual([ids[3]]);
  expect(await list(`model=gpt-5-mini&key=${gateway.keyId}&token=${gateway.tokenId}&protocol=openai-chat`)).toEqual(
    [...ids].reverse().slice(1),
  );
  expect(await list("text=BETA")).toEqual([ids[1]]);
  expect(await list("client=no-such-client")).toEqual([]);
  expect(await list(`session=${encodeURIComponent(first.requests[1]?.session_id ?? "")}`)).toEqual([ids[2]]);
  expect(await list(`from=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`)).toEqual([]);
  expect(await list("min_ms=0")).toEqual([...ids].reverse());
  expect(await list("min_ms=3600000")).toEqual([]);
  expect(await list("min_credits=1000")).toEqual([]);
  const badLeasts = ["min_ms=-1", "min_ms=1.5", "min_ms=soon", "min_credits=0", "min_credits=much"];
  for (const query of [...badLeasts, "cursor=nonsense", "status=odd", "from=yesterday", "limit=201"]) {
    expect([query, (await gateway.admin("GET", `${root}?${query}`)).status]).toEqual([query, 400]);
  }
});

test("one request is told by its facts, and its bodies one at a time as they were sent", async () => {
  const gateway = await openServingGateway();
  const sent = chatBody("a question", { stream: true });
  const { id, text } = await ask(gateway, sent);
  const facts = await gateway.admin<RequestDetail>("GET", `${root}/${id}`);
  expect(facts.body).toMatchObject({
    id,
    key_id: gateway.keyId,
    token_id: gateway.tokenId,
    request_bytes: JSON.stringify(sent).length,
    response_bytes: Buffer.byteLength(text),
  });
  expect(JSON.stringify(facts.body)).not.toContain("a question");
  const request = await gateway.admin("GET", `${root}/${id}/request`);
  expect([request.status, request.body]).toEqual([200, sent]);
  const response = await gateway.admin("GET", `${root}/${id}/response`);
  expect([response.status, response.body]).toEqual([200, text]);
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  for (const { headers } of [request, response]) {
    expect([headers.get("cache-control"), headers.get("x-content-type-options")]).toEqual(["no-store", "nosniff"]);
  }
});

test("a body that is no JSON comes back byte for byte", async () => {
  const gateway = await openServingGateway();
  const { key } = await gateway.provider.keys.find(gateway.keyId);
  const { value } = await gateway.provider.keys.rotate("ada", key.id);
  const answer = await fetch(gateway.url + chat, {
    method: "POST",
    headers: { authorization: `Bearer ${value.reveal()}` },
    body: "no json",
  });
  await answer.text();
  const id = answer.headers.get("x-request-id");
  const request = await gateway.admin("GET", `${root}/${id}/request`);
  expect([request.status, request.body]).toMatchObject([200, "no json"]);
});

test("what was not recorded is not found", async () => {
  const gateway = await openServingGateway();
  await gateway.provider.keys.update("ada", gateway.keyId, { recording: "metadata" });
  const { id } = await ask(gateway, chatBody("a question"));
  expect((await gateway.admin("GET", `${root}/${id}`)).body).toMatchObject({
    request_bytes: null,
    response_bytes: null,
  });
  for (const path of [
    `${root}/${id}/request`,
    `${root}/${id}/response`,
    `${root}/req_gone`,
    `${root}/req_gone/request`,
  ]) {
    expect(await gateway.admin("GET", path)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  }
});

test("a stream's events come with the time at which each went out", async () => {
  const gateway = await openServingGateway();
  const { id, text } = await ask(gateway, chatBody("sim: long 40\nsim: delay 20", { stream: true }));
  const { body } = await gateway.admin<StreamEvents>("GET", `${root}/${id}/events`);
  const sent = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => data);
  expect(body.total).toBe(sent.length);
  expect(body.events.map(({ data }) => data)).toEqual(sent);
  const times = body.events.map(({ at_ms: atMs }) => atMs ?? Number.NaN);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  const { body: facts } = await gateway.admin<RequestDetail>("GET", `${root}/${id}`);
  expect(times.at(-1)).toBeLessThanOrEqual(facts.duration_ms + 1);
  const page = await gateway.admin<StreamEvents>("GET", `${root}/${id}/events?offset=1&limit=2`);
  expect(page.body).toEqual({ total: sent.length, events: body.events.slice(1, 3) });
});

test("only a stream has events", async () => {
  const gateway = await openServingGateway();
  const { id } = await ask(gateway, chatBody("no stream"));
  expect((await gateway.admin("GET", `${root}/${id}/events`)).status).toBe(404);
  expect((await gateway.admin("GET", `${root}/req_none/events`)).status).toBe(404);
});
