import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { SearchHit, SearchResult } from "./schemas.js";

async function setUp() {
  const gateway = await openServingGateway();
  const answer = await gateway.send("/v1/chat/completions", chatBody("What is a walrus?"));
  await answer.text();
  const find = async (query: string): Promise<readonly SearchHit[]> =>
    (await gateway.admin<SearchResult>("GET", `/api/search?q=${encodeURIComponent(query)}`)).body.hits;
  return { ...gateway, requestId: answer.headers.get("x-request-id") ?? "", find };
}

test("a request's id leads to it and to its session, a session's id to that", async () => {
  const { find, requestId } = await setUp();
  const [request] = await find(requestId);
  expect(request).toEqual({
    kind: "request",
    id: requestId,
    label: "gpt-5-mini",
    session_id: expect.stringContaining(":"),
  });
  const sessionId = request?.session_id ?? "";
  const session = { kind: "session", id: sessionId, label: "What is a walrus?", session_id: null };
  expect(await find(sessionId)).toEqual([session]);
  for (const query of [requestId.replace(/.$/, "?"), `${requestId.slice(0, -3)}AAA`, `${sessionId}x`]) {
    expect(await find(query)).toEqual([]);
  }
});

test("keys are found by name, preview and id; a pasted key by its beginning", async () => {
  const { find, keyId, provider } = await setUp();
  const { key, value } = await provider.keys.create("ada", { alias: "CI of the Walrus" });
  const hit = { kind: "key", id: key.id, label: "CI of the Walrus", session_id: null };
  for (const query of ["walrus", "ci of", key.id, key.keyPreview, value.reveal()])
    expect(await find(query)).toEqual([hit]);
  expect((await find("clp_")).map(({ id }) => id)).toEqual([keyId, key.id]);
});

test("tokens and models are found by part of their names, at most five of each", async () => {
  const { find, tokenId, provider } = await setUp();
  expect(await find("ALI")).toEqual([{ kind: "token", id: tokenId, label: "alice", session_id: null }]);
  const models = await find("gpt-5-mini");
  expect(models).toMatchObject([{ kind: "model", id: "gpt-5-mini" }]);
  for (let index = 0; index < 7; index++) await provider.keys.create("ada", { alias: `robot ${index}` });
  expect(await find("robot")).toHaveLength(5);
});

test("an empty query is refused", async () => {
  const { admin } = await setUp();
  for (const query of ["", "?q=", "?q=%20", `?q=${"x".repeat(201)}`]) {
    expect((await admin("GET", `/api/search${query}`)).status).toBe(400);
  }
});
