import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

const chatPath = "/openai/v1/chat/completions";
const conversation = { model: "gpt-5-mini", max_tokens: 100, messages: [{ role: "user", content: "hello" }] };
const bodies = [
  { path: chatPath, body: conversation },
  { path: "/openai/v1/responses", body: { model: "gpt-5-mini", input: "hello" } },
  { path: "/anthropic/v1/messages", body: conversation },
  { path: "/anthropic/v1/messages/count_tokens", body: conversation },
] as const;

function ask(path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `Bearer ${serving.key.key}`;
  const sent = { authorization, "content-type": "application/json", ...headers };
  return fetch(serving.gateway.url + path, { method: "POST", headers: sent, body });
}

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
/** A zstd frame that holds the bytes as they are (RFC 8878): Node 20 cannot write a smaller one. */
function zstd(content: Uint8Array): Buffer<ArrayBuffer> {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 5);
  header.writeUIntLE((content.length << 3) | 1, 9, 3);
  return Buffer.concat([header, content]);
}

const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd };

describe.each(bodies)("$path", ({ path, body }) => {
  it.each(Object.entries(encoders))("takes a body in %s as it takes it plain", async (encoding, encode) => {
    const plain = await (await ask(path, bytesOf(body))).json();
    const response = await ask(path, encode(bytesOf(body)), { "content-encoding": encoding });
    const answer = await response.json();
    expect(response.status).toBe(200);
    const { usage, input_tokens } = plain as Record<string, unknown>;
    expect(answer).toMatchObject(usage === undefined ? { input_tokens } : { usage });
  });

  it("refuses in its own words what it cannot read, and tells SDKs to leave it at that", async () => {
    const large = gzipSync(bytesOf({ ...body, padding: "x".repeat(40e6) }));
    const cases = [
      ["zstd", Buffer.from("no zstd at all, not even the first byte"), 400, /zstd/],
      ["br", brotliCompressSync(bytesOf(body)).subarray(0, -2), 400, /br/],
      ["gzip", large, 413, /larger than/],
      ["compress", bytesOf(body), 415, /gzip, deflate, br, zstd/],
    ] as const;
    for (const [encoding, sent, status, message] of cases) {
      const response = await ask(path, sent, { "content-encoding": encoding });
      expect([encoding, response.status, response.headers.get("x-should-retry")]).toEqual([encoding, status, "false"]);
      expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(message) } });
    }
  });
});

describe("a path", () => {
  it.each([...bodies.map(({ path, body }) => [path, body] as const)])("may end in a slash: %s", async (path, body) => {
    expect((await ask(`${path}/`, bytesOf(body))).status).toBe(200);
    const refused = await ask(`${path}/`, bytesOf({ ...body, model: "nobody" }));
    const isAnthropic = path.startsWith("/anthropic");
    expect(await refused.json()).toMatchObject(isAnthropic ? { type: "error" } : { error: { param: "model" } });
  });

  it("may end in a slash for lists of models too", async () => {
    const headers = { authorization: `Bearer ${serving.key.key}` };
    for (const path of ["/openai/v1/models/", "/anthropic/v1/models/", "/v1/models/", "/v1/models/gpt-5-mini/"]) {
      expect([path, (await fetch(serving.gateway.url + path, { headers })).status]).toEqual([path, 200]);
    }
  });

  it.each([
    ["/openai/v1/v1/chat/completions", chatPath],
    ["/anthropic/messages", "/anthropic/v1/messages"],
    ["/chat/completions", chatPath],
  ])("where nothing is names the nearest one: %s", async (path, nearest) => {
    const response = await ask(path, bytesOf(chatBody("hello")));
    expect(response.status).toBe(404);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toBe(`There is nothing at POST ${path}. Did you mean ${nearest}?`);
    if (path !== "/chat/completions") expect(response.headers.get("x-should-retry")).toBe("false");
  });
});

describe("what no repeat can mend", () => {
  it.each(bodies)("says so: $path", async ({ path, body }) => {
    const disabled = await serving.admin.createKey({ alias: `only one model, ${path}`, allowed_models: ["gpt-4.1"] });
    const spent = await serving.admin.createKey({ alias: `spent, ${path}`, max_requests: 1 });
    const cases = [
      [400, { ...body, model: 5 }, serving.key.key],
      [401, body, "clp_wrong"],
      [403, body, disabled.key],
      [404, { ...body, model: "nobody" }, serving.key.key],
    ] as const;
    for (const [status, sent, key] of cases) {
      const response = await ask(path, bytesOf(sent), { authorization: `Bearer ${key}` });
      expect([response.status, response.headers.get("x-should-retry")]).toEqual([status, "false"]);
      expect(response.headers.get("retry-after")).toBeNull();
    }
    if (path.endsWith("count_tokens")) return;
    expect((await ask(path, bytesOf(body), { authorization: `Bearer ${spent.key}` })).status).toBe(200);
    const used = await ask(path, bytesOf(body), { authorization: `Bearer ${spent.key}` });
    expect([used.status, used.headers.get("x-should-retry"), used.headers.get("retry-after")]).toEqual([
      402,
      "false",
      null,
    ]);
    const type = path.startsWith("/anthropic") ? "billing_error" : "insufficient_quota";
    expect(await used.json()).toMatchObject({ error: { type } });
  });
});
