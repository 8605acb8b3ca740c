import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { type Attempt, attempt, bearer, hasBody, isEndless, type Route, readRoutes } from "./attack-surface.ts";
import { rawRequest, sendRaw } from "./send-raw.ts";

const chatPath = "/openai/v1/chat/completions";

let serving: Serving;
let routes: readonly Route[];
/** What a caller of this route shows who is let in. */
const rightFor = ({ access }: Route): Record<string, string> =>
  access === "key" ? bearer(serving.key.key) : bearer(serving.admin.token);

beforeAll(async () => {
  serving = await startServing();
  routes = await readRoutes(serving.gateway.url);
});
afterAll(() => serving.stop());

/** An answer that no attack must get: the gateway lost its head, or said what it must not know. */
function isHarmful({ status, headers, text }: Attempt): boolean {
  const isTorn = headers.has("evil-header") || headers.has("set-cookie");
  return status >= 500 || isTorn || /root:.*:0:0|\bat \S+ \(|node_modules|TypeError|RangeError|SyntaxError/.test(text);
}

/** Sends each of these to each of the routes, as someone who may ask it, and names what went wrong. */
async function harmOf(
  chosen: readonly Route[],
  attacks: readonly { readonly id?: string; readonly body?: string; readonly query?: string }[],
): Promise<readonly string[]> {
  const harmed: string[] = [];
  for (const route of chosen) {
    const done = attacks.map(async ({ query = "", ...attack }) => {
      const asked = { ...route, path: route.path + query };
      const answer = await attempt(serving.gateway.url, asked, { headers: rightFor(route), ...attack });
      if (isHarmful(answer))
        harmed.push(`${route.method} ${asked.path} ${attack.id ?? ""}: ${answer.status} ${answer.text.slice(0, 200)}`);
    });
    await Promise.all(done);
  }
  return harmed;
}

const withBody = () => routes.filter((route) => hasBody(route) && route.access !== "public");
const serves = async () => (await serving.send(chatPath, chatBody("still there?"))).status;

describe("a path that leads out of where it belongs", () => {
  const ways = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cetc%5cpasswd",
    "..;/..;/etc/passwd",
    "....//....//etc/passwd",
    "%c0%ae%c0%ae%c0%afetc/passwd",
    "%00/etc/passwd",
    "/etc/passwd",
    "%2fetc%2fpasswd",
  ];

  it("leads nowhere, plain, encoded, twice encoded or absolute", async () => {
    const { url, dataDir } = serving.gateway;
    const starts = ["/", "/_next/static/", "/index.html/", "/api/sessions/", "/v1/models/", "/api/admin/backup/"];
    const targets = [
      ...starts.flatMap((start) => ways.map((way) => start + way)),
      "file:///etc/passwd",
      "http://other.example/../../etc/passwd",
      `/..${dataDir}/encryption.key`,
      `/${"../".repeat(200)}etc/passwd`,
    ];
    for (const target of targets) {
      const { status, head, body } = await sendRaw(
        url,
        rawRequest("GET", target, [`authorization: Bearer ${serving.admin.token}`]),
      );
      expect(isHarmful({ status, headers: new Headers(), text: `${head}\n${body}` }) || status < 200, target).toBe(
        false,
      );
      expect(status === 200 ? body.startsWith("<!DOCTYPE html>") || body.startsWith("{") : status >= 300, target).toBe(
        true,
      );
    }
  });

  it("is no id of anything, on any route that takes one", async () => {
    const takers = routes.filter(({ path }) => path.includes("{"));
    expect(takers.length).toBeGreaterThan(10);
    const ids = [
      ...ways.filter((way) => !way.includes("/")),
      "%00",
      "x%00y",
      "%0d%0aevil-header:%201",
      "'%20or%201=1--",
      "%F0%9F%92%A9",
      "a".repeat(2_000),
      "__proto__",
      "constructor",
    ];
    expect(
      await harmOf(
        takers,
        ids.map((id) => ({ id })),
      ),
    ).toEqual([]);
    expect(await serves()).toBe(200);
  });
});

describe("a header or a line that is smuggled in", () => {
  it("comes out of no answer, wherever it is put", async () => {
    const query =
      "?q=%0d%0aevil-header:%201&limit=%0d%0a&cursor=%00&from=%0aevil-header&format=%0d%0aevil-header:1&text=%00";
    const asked = routes.filter((route) => !hasBody(route) && !isEndless(route));
    expect(await harmOf(asked, [{ query }])).toEqual([]);
    const name = "a\r\nevil-header: 1";
    const bodies = [
      { alias: name },
      { username: name, password: "long enough 1", role: "viewer" },
      { model: name, messages: [{ role: "user", content: name }] },
      { ids: [name], action: "delete" },
    ];
    expect(
      await harmOf(
        withBody(),
        bodies.map((body) => ({ body: JSON.stringify(body) })),
      ),
    ).toEqual([]);
    const keys = await (await serving.admin.request("GET", "/api/admin/api-keys")).text();
    expect(keys).not.toContain("evil-header");
  });

  it.each([
    ["two lengths", ["content-length: 5", "content-length: 6"], "hello"],
    [
      "a length and chunks",
      ["content-length: 5", "transfer-encoding: chunked"],
      "0\r\n\r\nGET /me HTTP/1.1\r\nhost: x\r\n\r\n",
    ],
    ["an unknown transfer encoding", ["transfer-encoding: xchunked"], "0\r\n\r\n"],
    ["a space before the colon", ["content-length : 5"], "hello"],
    ["a folded header", ["x-a: 1\r\n  content-length: 5"], "hello"],
    ["no number as a length", ["content-length: -1"], ""],
    ["a NUL in a header", ["x-a: \0"], ""],
    ["a chunk of no size", ["transfer-encoding: chunked"], "zz\r\nhello\r\n0\r\n\r\n"],
  ])("is one request or none: %s", async (_name, headers, body) => {
    const { status, body: text } = await sendRaw(serving.gateway.url, rawRequest("POST", chatPath, headers, body));
    expect([400, 401]).toContain(status);
    expect(text.match(/HTTP\/1\.1/g)).toBeNull();
  });
});

describe("JSON that is too much", () => {
  it("is refused on every route that takes any, and the gateway goes on", async () => {
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const deepObjects = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const wide = JSON.stringify({ ids: Array.from({ length: 100_000 }, () => "x"), action: "delete" });
    const numbers = `{"limit":1e999,"max_requests":${"9".repeat(400)},"rpm":-0}`;
    const bodies = [
      deep,
      deepObjects,
      wide,
      numbers,
      "[]",
      "null",
      "1",
      '"x"',
      "",
      "{",
      '{"a":"\\ud800"}',
      '{"a":1,"a":2}',
      "\ufeff{}",
    ];
    expect(
      await harmOf(
        withBody(),
        bodies.map((body) => ({ body })),
      ),
    ).toEqual([]);
    for (const route of withBody().filter(({ access }) => access === "admin")) {
      expect((await attempt(serving.gateway.url, route, { headers: rightFor(route), body: deep })).status).toBe(400);
    }
    expect(await serves()).toBe(200);
  });

  it("deep within a message is refused in the API's own words", async () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    // Else they are refused before their bodies are read.
    await serving.admin.request("PATCH", "/api/admin/settings", { batches: { enabled: true } });
    // What names a thing by its id takes no body.
    const takesBody = ({ access, method, path }: Route) => access === "key" && method === "POST" && !path.includes("{");
    for (const { path } of routes.filter(takesBody)) {
      const response = await serving.send(
        path,
        `{"model":"gpt-5-mini","max_tokens":5,"input":${deep},"messages":${deep}}`,
      );
      expect(response.status, path).toBe(400);
      await response.text();
    }
    expect(await serves()).toBe(200);
  });
});

describe("a name that means something to JavaScript", () => {
  it("pollutes nothing and breaks nothing", async () => {
    const polluted = { enabled: false, max_requests: 1, polluted: "evil-header", role: "admin", isAdmin: true };
    const bodies = [
      `{"alias":"p","__proto__":${JSON.stringify(polluted)}}`,
      `{"alias":"c","constructor":{"prototype":${JSON.stringify(polluted)}}}`,
      `{"model_aliases":{"__proto__":"gpt-5-mini","constructor":"gpt-5-mini"},"model_fallbacks":{"__proto__":["gpt-5-mini"]}}`,
      `{"model":"__proto__","messages":[{"role":"user","content":"x","__proto__":{"role":"system"}}],"__proto__":{"stream":true}}`,
    ];
    expect(
      await harmOf(
        withBody(),
        bodies.map((body) => ({ body })),
      ),
    ).toEqual([]);
    const made = await serving.admin.createKey({ alias: "after" });
    expect(made).toMatchObject({ enabled: true, max_requests: null });
    for (const model of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const response = await serving.send(chatPath, { ...chatBody("x"), model });
      expect([200, 404]).toContain(response.status);
      expect(await response.text()).not.toContain("evil-header");
    }
  });
});

describe("text that is made to be slow to match", () => {
  it("is answered all the same", async () => {
    const { gateway, admin } = serving;
    const stars = `${"*a".repeat(90)}b`;
    const key = await admin.createKey({ alias: "patterns", allowed_models: [stars, "?".repeat(190), "*".repeat(190)] });
    const long = { ...chatBody("x"), model: `${"a".repeat(190)}!` };
    const headers = { ...bearer(key.key), "content-type": "application/json" };
    const signal = AbortSignal.timeout(20_000);
    const post = (path: string, body: unknown) =>
      fetch(gateway.url + path, { method: "POST", headers, body: JSON.stringify(body), signal });
    expect((await post(chatPath, long)).status).toBe(404);
    expect((await fetch(`${gateway.url}/v1/models`, { headers, signal })).status).toBe(200);
    const slow = [
      `${"a".repeat(150)}!`,
      `${" ".repeat(190)}x`,
      `${"(a+)+".repeat(30)}$`,
      "%".repeat(190),
      "_".repeat(190),
      "\\".repeat(190),
    ];
    for (const text of slow) {
      const query = `?q=${encodeURIComponent(text)}&text=${encodeURIComponent(text)}`;
      for (const path of ["/api/search", "/api/admin/audit", "/api/sessions"]) {
        expect((await admin.request("GET", path + query)).status, path).toBe(200);
      }
    }
    const hostile = {
      authorization: `Bearer${" ".repeat(10_000)}x${" ".repeat(100)}y`,
      origin: `http://${"a".repeat(4_000)}`,
    };
    expect((await fetch(`${gateway.url}/v1/models`, { headers: hostile, signal })).status).toBe(401);
    const text = `${"[".repeat(3_000)}${"x-anthropic-billing-header: ".repeat(1_000)}${"<system-reminder>".repeat(2_000)}`;
    expect(
      (await serving.send("/anthropic/v1/messages", { ...chatBody(text), max_tokens: 5, system: text })).status,
    ).toBe(200);
  });
});
