import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createManualClock } from "@copilot-llm/model/testing";
import { afterEach, describe, expect, it } from "vitest";
import { createRequest } from "../testing/create-request.js";
import { createRecordingLog } from "../testing/recording-log.js";
import { record } from "../testing/recording-sink.js";
import { createAccount } from "./account/create-account.js";
import type { Channel } from "./control-plane/channel.js";
import type { EndpointCache } from "./control-plane/endpoint-cache.js";
import { createHttpClient } from "./data-plane/http-client.js";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A host of the service that answers every request alike. */
async function serve(status: number) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** An account whose endpoint is the first of these hosts, and after each refusal the next. */
function openAccount(...origins: readonly string[]) {
  let round = 0;
  const endpoints: EndpointCache = {
    get: () => ({ snapshot: { origin: origins[round] ?? "", basePath: "", headers: {}, expiresAtMs: null }, round }),
    refuse: () => {
      round += 1;
    },
    clear: () => {},
  };
  const httpClient = createHttpClient({ timeouts: { connectMs: 5000, firstByteMs: 5000, idleMs: 5000 } });
  closers.push(() => httpClient.close());
  return createAccount({
    channel: { close: async () => {} } as Channel,
    endpoints,
    httpClient,
    fallbackLogin: "moved",
    warning: null,
    catalogueMaxAgeMs: 0,
    callLimitMs: 1000,
    clock: createManualClock(),
    log: createRecordingLog(),
  });
}

describe("an account that GitHub moved to another host (421)", () => {
  it("is asked there, as soon as its endpoint was asked for anew", async () => {
    const [old, next] = [await serve(421), await serve(200)];
    const answer = await openAccount(old.origin, next.origin).send(createRequest("hello"));
    if (answer.ok) await record(answer.body).ended;
    expect([answer.ok, old.seen.length, next.seen.length]).toEqual([true, 1, 1]);
  });

  it("is asked no second time where its endpoint stays the same", async () => {
    const old = await serve(421);
    const answer = await openAccount(old.origin, old.origin).send(createRequest("hello"));
    expect(answer).toMatchObject({ ok: false, status: 421, failure: { kind: "misdirected" } });
    expect(old.seen).toHaveLength(1);
  });
});
