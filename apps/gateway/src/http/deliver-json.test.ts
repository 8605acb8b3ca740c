import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { askRaw } from "../testing/ask-raw.js";
import { openGateway, signInAdmin } from "../testing/open-gateway.js";

async function setUp() {
  const gateway = await openGateway();
  const authorization = `Bearer ${await signInAdmin(gateway)}`;
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    askRaw(gateway.url + path, { method, headers: { authorization, "accept-encoding": "gzip, br", ...headers } });
  return { ...gateway, authorization, ask };
}

test("JSON above a kilobyte is compressed, shorter JSON is not", async () => {
  const { ask, provider } = await setUp();
  const short = await ask("/api/admin/api-keys");
  expect([short.headers["content-encoding"], short.body.toString()]).toEqual([
    undefined,
    '{"keys":[],"total":0,"next_cursor":null}',
  ]);
  expect(short.headers).toMatchObject({ "content-length": "40", vary: "accept-encoding" });
  for (let index = 0; index < 5; index++) await provider.keys.create("ada", { alias: `laptop ${index}` });
  const long = await ask("/api/admin/api-keys");
  expect(long.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
  expect(JSON.parse(gunzipSync(long.body).toString())).toMatchObject({ keys: [{ alias: "laptop 0" }, {}, {}, {}, {}] });
  const plain = await ask("/api/admin/api-keys", { "accept-encoding": "identity" });
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.body.length).toBeGreaterThan(long.body.length);
  expect((await ask("/openapi.json")).headers["content-encoding"]).toBe("gzip");
});

test("what has not changed is not sent again", async () => {
  const { ask, provider } = await setUp();
  for (const count of [1, 5]) {
    for (let index = 0; index < count; index++) await provider.keys.create("ada", { alias: `${count} ${index}` });
    const first = await ask("/api/admin/api-keys");
    const validator = { "if-none-match": first.headers.etag ?? "" };
    const again = await ask("/api/admin/api-keys", validator);
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers).toMatchObject({ "cache-control": "private, no-cache", vary: "accept-encoding" });
    expect(again.headers["x-request-id"]).toMatch(/^req_/);
    await provider.keys.create("ada", { alias: `${count} more` });
    expect((await ask("/api/admin/api-keys", validator)).status).toBe(200);
  }
});

test("a browser keeps nothing of errors and of changes", async () => {
  const { ask } = await setUp();
  for (const [path, method] of [
    ["/api/nothing", "GET"],
    ["/api/auth/logout", "POST"],
  ] as const) {
    expect((await ask(path, {}, method)).headers["cache-control"]).toBe("no-store");
  }
});

test("HEAD tells what GET would send", async () => {
  const { ask } = await setUp();
  const head = await ask("/api/admin/api-keys", {}, "HEAD");
  expect([head.status, head.body.length, head.headers["content-length"]]).toEqual([200, 0, "40"]);
  expect(head.headers.etag).toBe((await ask("/api/admin/api-keys")).headers.etag);
});

test("an event stream goes out as it comes, uncompressed", async () => {
  const { url, authorization } = await setUp();
  const response = await fetch(`${url}/api/events`, { headers: { authorization, "accept-encoding": "gzip, br" } });
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(response.headers.get("etag")).toBeNull();
  const { value } = (await response.body?.getReader().read()) ?? {};
  expect(new TextDecoder().decode(value)).toBe("retry: 2000\n\n");
});
