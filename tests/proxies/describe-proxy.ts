import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { connectHttp2, request } from "./http2-client.ts";
import { startUpstream } from "./start-upstream.ts";

/** Real seconds of silence that a proxy must bear, and how much faster time runs in the test. */
const silenceSeconds = 1_000;
export const timeFactor = 500;

export interface ProxyUnderTest {
  readonly name: string;
  readonly isInstalled: boolean;
  /**
   * Starts the proxy with the documented configuration before these upstreams, with TLS on a free port, and with every time-out in it
   * divided by `timeFactor`; resolves with its address.
   */
  start(upstreams: readonly [string, string]): Promise<string>;
}

const megabyte = 1024 * 1024;

/** What a proxy in front of a gateway must let through, and what not. */
export function describeProxy({ name, isInstalled, start }: ProxyUnderTest): void {
  describe.skipIf(!isInstalled)(isInstalled ? name : `${name} (skipped: apt-get install ${name})`, () => {
    const open = async () => {
      const upstream = await startUpstream();
      const url = await start([upstream.host, upstream.host]);
      return { upstream, session: await connectHttp2(url) };
    };

    it("passes a stream on event by event, over HTTP/2", async () => {
      const { upstream, session } = await open();
      const answer = request(session, "/stream");
      const stream = await upstream.nextStream();
      // nginx keeps the headers back until there is an event, or a heartbeat.
      for (const event of ["data: one\n\n", "data: two\n\n"]) {
        stream.write(event);
        // The next is sent only once this one is there.
        expect(await answer.next()).toBe(event);
      }
      stream.end();
      expect(await answer.next()).toBe(null);
      expect(await answer.status).toBe(200);
    });

    it(`bears ${silenceSeconds} seconds of silence before the answer goes on, and ends what is silent for good`, async () => {
      const { upstream, session } = await open();
      const answer = request(session, "/stream");
      const stream = await upstream.nextStream();
      stream.write("data: one\n\n");
      expect(await answer.next()).toBe("data: one\n\n");
      await sleep((silenceSeconds * 1_000) / timeFactor);
      stream.write("data: two\n\n");
      expect(await answer.next()).toBe("data: two\n\n");
      // nginx breaks the stream off, Caddy ends it: a client of either is not left waiting.
      const end = await answer.next().catch(() => "broken off");
      expect([null, "broken off"]).toContain(end);
    });

    it("passes bodies of 32 MiB on, and larger ones, which the gateway refuses in its own words", async () => {
      const { session } = await open();
      for (const bytes of [32 * megabyte, 33 * megabyte]) {
        const answer = request(session, "/count", { method: "POST", body: Buffer.alloc(bytes, 97) });
        expect(JSON.parse(await answer.text())).toEqual({ bytes });
      }
    });

    it("says whose request it is and how it came, passes credentials on, and keeps the metrics to itself", async () => {
      const { upstream, session } = await open();
      const answer = request(session, "/anything", { headers: { authorization: "Bearer clp_x", "x-api-key": "k" } });
      expect(await answer.status).toBe(200);
      expect(upstream.headers()).toMatchObject({
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "https",
        authorization: "Bearer clp_x",
        "x-api-key": "k",
      });
      expect(await request(session, "/metrics").status).toBe(404);
    });
  });
}
