import { createHook } from "node:async_hooks";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createRecordingSink, record } from "../../testing/recording-sink.js";
import { createSignal } from "../../testing/signal.js";
import { createHttpClient, type HttpClient, type HttpClientOptions, type HttpTimeouts } from "./http-client.js";
import type { HttpOutcome } from "./http-outcome.js";

const patient: HttpTimeouts = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000 };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(listener: RequestListener): Promise<{ readonly origin: string; readonly server: Server }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: originOf(server.address() as AddressInfo), server };
}

function originOf({ port }: AddressInfo): string {
  return `http://127.0.0.1:${port}`;
}

function createClient(timeouts: Partial<HttpTimeouts> = {}, proxy: Partial<HttpClientOptions> = {}): HttpClient {
  const client = createHttpClient({ timeouts: { ...patient, ...timeouts }, ...proxy });
  closers.push(() => client.close());
  return client;
}

function post(client: HttpClient, origin: string, signal = new AbortController().signal): Promise<HttpOutcome> {
  const headers = { "content-type": "application/json" };
  return client.exchange({ method: "POST", origin, path: "/path?q=1", headers, body: Buffer.from("{}"), signal });
}

async function answered(outcome: Promise<HttpOutcome>): Promise<Extract<HttpOutcome, { answered: true }>> {
  const settled = await outcome;
  if (!settled.answered) throw settled.cause;
  return settled;
}

describe("an exchange", () => {
  it("resolves on the status line, before the body is there", async () => {
    const { promise: mayEnd, resolve: end } = createSignal();
    const { origin } = await serve(async (_request, response) => {
      response.writeHead(201, { "x-one": "1", "set-cookie": ["a=1", "b=2"] }).flushHeaders();
      await mayEnd;
      response.end("late");
    });
    const answer = await answered(post(createClient(), origin));
    expect(answer).toMatchObject({ status: 201, headers: { "x-one": "1", "set-cookie": "a=1, b=2" } });
    end();
    const sink = record(answer.body);
    expect(await sink.ended).toBeNull();
    expect(sink.text()).toBe("late");
  });

  it("sends method, path, headers and body as they are", async () => {
    const seen: { request: IncomingMessage; body: string }[] = [];
    const { origin } = await serve(async (request, response) => {
      const chunks = await request.toArray();
      seen.push({ request, body: Buffer.concat(chunks).toString() });
      response.end();
    });
    await record((await answered(post(createClient(), origin))).body).ended;
    expect(seen[0]?.body).toBe("{}");
    expect(seen[0]?.request).toMatchObject({ method: "POST", url: "/path?q=1" });
    expect(Object.keys(seen[0]?.request.headers ?? {}).sort()).toEqual([
      "connection",
      "content-length",
      "content-type",
      "host",
    ]);
  });

  it("keeps its connection for later ones", async () => {
    const sockets = new Set<unknown>();
    const { origin } = await serve((request, response) => {
      sockets.add(request.socket);
      response.end("ok");
    });
    const client = createClient();
    for (let count = 0; count < 5; count += 1) await record((await answered(post(client, origin))).body).ended;
    expect(sockets.size).toBeLessThan(3);
  });

  it("passes chunks on one by one, as they come", async () => {
    const responses: ServerResponse[] = [];
    const { origin } = await serve((_request, response) => {
      responses.push(response);
      response.flushHeaders();
    });
    const answer = await answered(post(createClient(), origin));
    const sizes: number[] = [];
    const { promise: ended, resolve } = createSignal();
    answer.body.start({
      write(chunk) {
        sizes.push(chunk.length);
        if (sizes.length < 4) responses[0]?.write("x".repeat(sizes.length));
        else responses[0]?.end();
        return true;
      },
      end: resolve,
      fail: () => resolve(),
    });
    responses[0]?.write("first");
    await ended;
    expect(sizes).toEqual([5, 1, 2, 3]);
  });

  it("passes the chunks of one read on together", async () => {
    const { origin } = await serve((_request, response) => {
      response.cork();
      for (const part of ["one ", "two ", "three"]) response.write(part);
      response.uncork();
      response.end();
    });
    const sink = record((await answered(post(createClient(), origin))).body);
    expect(await sink.ended).toBeNull();
    expect(sink.text()).toBe("one two three");
    expect(sink.chunkSizes).toEqual([13]);
  });

  it("costs no promise per chunk", async () => {
    const responses: ServerResponse[] = [];
    const { origin } = await serve((_request, response) => {
      responses.push(response);
      response.flushHeaders();
    });
    const { body } = await answered(post(createClient(), origin));
    let promises = 0;
    const hook = createHook({ init: (_id, type) => (promises += type === "PROMISE" ? 1 : 0) });
    let chunks = 0;
    const { promise: ended, resolve } = createSignal();
    hook.enable();
    body.start({
      write() {
        chunks += 1;
        if (chunks < 500) responses[0]?.write("chunk");
        else responses[0]?.end();
        return true;
      },
      end: resolve,
      fail: () => resolve(),
    });
    responses[0]?.write("chunk");
    await ended;
    hook.disable();
    expect(chunks).toBe(500);
    expect(promises).toBeLessThan(20);
  });

  it("stops reading when the sink is full and goes on when it asks", async () => {
    const total = 64 * 1024 * 1024;
    let sent = 0;
    const { origin } = await serve(async (_request, response) => {
      const block = Buffer.alloc(1024 * 1024);
      for (; sent < total; sent += block.length) {
        if (!response.write(block)) await once(response, "drain");
      }
      response.end();
    });
    const answer = await answered(post(createClient(), origin));
    const { promise: full, resolve } = createSignal();
    let isOpen = false;
    const sink = createRecordingSink(() => {
      resolve();
      return isOpen;
    });
    answer.body.start(sink);
    await full;
    const received = () => sink.chunkSizes.reduce((sum, size) => sum + size, 0);
    const whenFull = received();
    // Another request on the same machinery is a round trip in which nothing more may come.
    const second = await serve((_request, response) => response.end());
    await record((await answered(post(createClient(), second.origin))).body).ended;
    expect(received()).toBe(whenFull);
    expect(sent).toBeLessThan(total);
    isOpen = true;
    answer.body.resume();
    expect(await sink.ended).toBeNull();
    expect(received()).toBe(total);
  });

  it("has one consumer, even when it has ended", async () => {
    const { origin } = await serve((_request, response) => response.end("all"));
    const { body } = await answered(post(createClient(), origin));
    await record(body).ended;
    expect(() => body.start(createRecordingSink(() => true))).toThrow("has a consumer already");
  });

  it("has one consumer", async () => {
    const { origin } = await serve((_request, response) => response.end());
    const { body } = await answered(post(createClient(), origin));
    record(body);
    expect(() => record(body)).toThrow();
  });
});

describe("a broken exchange", () => {
  it("is unreachable when nobody listens", async () => {
    const { origin, server } = await serve(() => undefined);
    server.close();
    expect(await post(createClient(), origin)).toMatchObject({ answered: false, reason: "unreachable" });
  });

  it("is unreachable when the connection does not come about in time", async () => {
    const server = createTcpServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 });
    await once(server, "listening");
    closers.push(() => server.close());
    // TLS needs an answer after the TCP connection stands, and this server never gives one.
    const origin = originOf(server.address() as AddressInfo).replace("http:", "https:");
    expect(await post(createClient({ connectMs: 100 }), origin)).toMatchObject({
      answered: false,
      reason: "unreachable",
    });
  });

  it("is unreachable when the connection breaks before an answer", async () => {
    const { origin } = await serve((request) => request.socket.destroy());
    expect(await post(createClient(), origin)).toMatchObject({ answered: false, reason: "unreachable" });
  });

  it("is timed out when no status line comes", async () => {
    const { origin } = await serve(() => undefined);
    expect(await post(createClient({ firstByteMs: 100 }), origin)).toMatchObject({
      answered: false,
      reason: "timeout",
    });
  });

  it.each<[name: string, serveBody: RequestListener, code: string]>([
    ["falls silent", (_request, response) => response.write("part"), "upstream_timeout"],
    [
      "is cut",
      (_request, response) => response.write("part", () => setImmediate(() => response.socket?.destroy())),
      "upstream_error",
    ],
    [
      "is shorter than it said",
      (_request, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("part", () => setImmediate(() => response.socket?.end()));
      },
      "upstream_error",
    ],
  ])("fails its sink when the body %s, after what came", async (_name, serveBody, code) => {
    const { origin } = await serve(serveBody);
    const { body } = await answered(post(createClient({ idleMs: 200 }), origin));
    const sink = record(body);
    expect(await sink.ended).toMatchObject({ code });
    expect(sink.text()).toBe("part");
  });

  it("does not take a slow consumer for silence", async () => {
    const { origin } = await serve((request, response) => {
      response.write("part");
      if (request.headers.host?.startsWith("127.")) response.end();
    });
    const client = createClient({ idleMs: 50 });
    const { body } = await answered(post(client, origin));
    const silent = await answered(post(client, origin.replace("127.0.0.1", "localhost")));
    expect(await record(silent.body).ended).toMatchObject({ code: "upstream_timeout" });
    expect(await record(body).ended).toBeNull();
  });

  it("tells a sink that comes late of the failure", async () => {
    const { origin } = await serve((_request, response) => {
      response.write("part", () => setImmediate(() => response.socket?.resetAndDestroy()));
    });
    const client = createClient();
    const { body } = await answered(post(client, origin));
    await client.close();
    expect(await record(body).ended).toMatchObject({ code: "upstream_error" });
  });
});

describe("an abort", () => {
  it("before the request is sent throws client_closed and sends nothing", async () => {
    let requests = 0;
    const { origin } = await serve(() => {
      requests += 1;
    });
    await expect(post(createClient(), origin, AbortSignal.abort())).rejects.toMatchObject({ code: "client_closed" });
    expect(requests).toBe(0);
  });

  it("before the answer throws client_closed and ends the connection", async () => {
    const abort = new AbortController();
    const { promise: closed, resolve } = createSignal();
    const { origin } = await serve((request) => {
      request.socket.once("close", resolve);
      abort.abort();
    });
    await expect(post(createClient(), origin, abort.signal)).rejects.toMatchObject({ code: "client_closed" });
    await closed;
  });

  it("by the signal later fails the sink and ends the connection", async () => {
    const { origin, closed } = await serveEndless();
    const abort = new AbortController();
    const { body } = await answered(post(createClient(), origin, abort.signal));
    const sink = record(body);
    await sink.started;
    abort.abort();
    expect(await sink.ended).toMatchObject({ code: "client_closed" });
    await closed;
  });

  it("of the body ends the connection without another word to the sink", async () => {
    const { origin, closed } = await serveEndless();
    const abort = new AbortController();
    const { body } = await answered(post(createClient(), origin, abort.signal));
    const sink = record(body);
    await sink.started;
    const seen = sink.chunkSizes.length;
    body.abort();
    body.abort();
    abort.abort();
    await closed;
    expect(sink.chunkSizes).toHaveLength(seen);
    expect(await Promise.race([sink.ended, Promise.resolve("silent")])).toBe("silent");
  });

  async function serveEndless(): Promise<{ readonly origin: string; readonly closed: Promise<void> }> {
    const { promise: closed, resolve } = createSignal();
    const { origin } = await serve((request, response) => {
      const timer = setInterval(() => response.write("tick"), 5);
      request.socket.once("close", () => {
        clearInterval(timer);
        resolve();
      });
    });
    return { origin, closed };
  }
});

describe("a proxy", () => {
  it("tunnels https hosts except those that are to be reached without it", async () => {
    const asked: string[] = [];
    const proxy = createServer().listen(0, "127.0.0.1");
    await once(proxy, "listening");
    closers.push(() => proxy.close());
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    const client = createClient(
      { connectMs: 500 },
      { httpsProxy: originOf(proxy.address() as AddressInfo), noProxy: "127.0.0.1,example.org" },
    );
    const plain = await serve((_request, response) => response.end("direct"));
    expect((await answered(post(client, plain.origin))).status).toBe(200);
    const closedPort = await freePort();
    expect(await post(client, `https://127.0.0.1:${closedPort}`)).toMatchObject({ answered: false });
    expect(await post(client, "https://copilot.example.com")).toMatchObject({
      answered: false,
      reason: "unreachable",
    });
    expect(asked).toEqual(["copilot.example.com:443"]);
  });
});

it("refuses to start with a certificate file that cannot be read", () => {
  expect(() => createHttpClient({ timeouts: patient, extraCaCertsFile: "no-such-file.pem" })).toThrow("ENOENT");
});

it("refuses to start with a proxy that has no address", () => {
  expect(() => createHttpClient({ timeouts: patient, httpsProxy: "no address" })).toThrow("Invalid URL");
});

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
