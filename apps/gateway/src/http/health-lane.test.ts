import { expect, test } from "vitest";
import { askRaw, type RawAnswer } from "../testing/ask-raw.js";
import { openGateway } from "../testing/open-gateway.js";

const told = ({ status, headers, body }: RawAnswer) => ({
  status,
  headers: { ...headers, date: null, "x-request-id": null },
  body: body.toString(),
});

test.each([
  ["/health", 200],
  ["/ready", 503],
])("%s is answered as by the routes, which take it with a query", async (path, status) => {
  const { url } = await openGateway();
  const [short, routed] = [await askRaw(url + path, {}), await askRaw(`${url}${path}?probe=1`, {})];
  expect(short.status).toBe(status);
  expect(told(short)).toEqual(told(routed));
  expect(short.headers["x-request-id"]).toMatch(/^req_/);
  expect(short.headers["retry-after"]).toBe(status === 503 ? "5" : undefined);
});

test("HEAD is answered as GET, without the body", async () => {
  const { url } = await openGateway();
  const [head, get] = [await askRaw(`${url}/health`, { method: "HEAD" }), await askRaw(`${url}/health`, {})];
  expect(told(head)).toEqual({ ...told(get), body: "" });
});

test("a gateway that stops says so, and is alive", async () => {
  const { url } = await openGateway({ isAccepting: () => false });
  const ready = await askRaw(`${url}/ready`, {});
  expect([ready.status, JSON.parse(ready.body.toString())]).toEqual([
    503,
    { ready: false, reason: "The gateway is shutting down." },
  ]);
  expect((await askRaw(`${url}/health`, {})).status).toBe(200);
});

test("another method is none of theirs", async () => {
  const { url } = await openGateway();
  expect((await askRaw(`${url}/health`, { method: "POST" })).status).toBe(405);
});
