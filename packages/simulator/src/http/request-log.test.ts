import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alice, ask, type Fixture, startFixture } from "../../testing/fixture.js";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

describe("request log", () => {
  it("keeps the body's and the answer's bytes as they were", async () => {
    const body =
      '{ "model":"gpt-4.1",  "messages":[{"role":"user","content":"sim: text h\\u00e9llo 🌍"}], "stream":true }';
    const response = await fixture.post("/chat/completions", body);
    const received = Buffer.from(await response.arrayBuffer());
    const [record] = fixture.simulator.requests.to("/chat/completions");
    expect(record?.body.toString()).toBe(body);
    expect(Buffer.concat(record?.responseChunks ?? []).equals(received)).toBe(true);
    expect(record).toMatchObject({ account: "alice", status: 200, method: "POST" });
  });

  it("keeps the account instead of the credential", async () => {
    await fixture.post("/chat/completions", ask("/chat/completions", "hi"));
    expect(JSON.stringify(fixture.simulator.requests.all())).not.toContain(alice.token);
  });

  it("tells when a client hangs up, and charges for what went out", async () => {
    const controller = new AbortController();
    const response = await fixture.post(
      "/v1/messages",
      ask("/v1/messages", "sim: long 200\nsim: delay 5", { stream: true }),
      { signal: controller.signal, token: "gho_carol00000000" },
    );
    await response.body?.getReader().read();
    controller.abort();
    const record = await fixture.simulator.requests.waitFor((request) => request.abortedAtMs !== undefined);
    await record.onAborted;
    await expect.poll(() => fixture.simulator.ledger.entries().length).toBe(1);
    const [entry] = fixture.simulator.ledger.entries();
    expect(entry).toMatchObject({ outcome: "aborted", reportedNanoAiu: 0 });
    expect(entry?.tokens.output).toBeLessThan(200);
    expect(entry?.nanoAiu).toBeGreaterThan(0);
  });

  it("forgets the oldest requests first", async () => {
    await fixture.simulator.close();
    fixture = await startFixture({ maximumLoggedRequests: 2 });
    for (const path of ["/user", "/models", "/user/copilot_billing"]) await fixture.get(path);
    expect(fixture.simulator.requests.all().map((record) => record.path)).toEqual(["/models", "/user/copilot_billing"]);
  });

  it("forgets requests that its byte budget has no room for", async () => {
    await fixture.simulator.close();
    fixture = await startFixture({ maximumLoggedBytes: 3000, logResponses: false });
    for (let count = 0; count < 3; count += 1) {
      await fixture.post("/chat/completions", ask("/chat/completions", "x".repeat(1500)));
    }
    expect(fixture.simulator.requests.all()).toHaveLength(1);
  });
});

describe("connections", () => {
  it("are refused while the simulator is told so, and accepted again on the same port", async () => {
    await fixture.simulator.refuseConnections();
    await expect(fixture.get("/user")).rejects.toThrow();
    await fixture.simulator.acceptConnections();
    expect((await fixture.get("/user")).status).toBe(200);
  });

  it("are asked to use HTTP when they want a WebSocket", async () => {
    const { connect } = await import("node:net");
    const socket = connect(fixture.simulator.port, "127.0.0.1");
    socket.write("GET /responses HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
    const answer = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(data.toString())));
    expect(answer).toMatch(/^HTTP\/1\.1 426 /);
    socket.destroy();
  });
});
