import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { startSimulator } from "@copilot-llm/simulator";
import { afterEach, describe, expect, it, test } from "vitest";
import { createHttpClient } from "../data-plane/http-client.js";
import { createDeviceFlow, signInUrl } from "./device-flow.js";

const clientId = "Iv1.operator";
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp() {
  let nowMs = systemClock.nowMs();
  const simulator = await startSimulator({
    clock: { nowMs: () => nowMs },
    accounts: [{ token: "gho_alice0123456789", login: "alice" }],
  });
  const httpClient = createHttpClient({ timeouts: { connectMs: 2000, firstByteMs: 2000, idleMs: 2000 } });
  closers.push(
    () => simulator.close(),
    () => httpClient.close(),
  );
  const flow = createDeviceFlow({ httpClient, githubApiUrl: simulator.url, callLimitMs: 5000, clock: systemClock });
  const started = await flow.start(clientId);
  if (!started.ok) throw new Error(started.failure.error.message);
  const code = started.value;
  const poll = () => flow.poll(clientId, code.deviceCode);
  return { simulator, flow, code, poll, shift: (durationMs: number) => (nowMs += durationMs) };
}

describe("the device flow", () => {
  it("gives a code to type, is told to wait and to slow down, and ends in a token", async () => {
    const { simulator, code, poll, shift } = await setUp();
    expect(code).toMatchObject({ verificationUri: `${simulator.url}/login/device`, intervalMs: 5000 });
    expect(code.userCode).toMatch(/\w+-\w+/);
    expect(code.expiresAtMs).toBeGreaterThan(systemClock.nowMs() + 600_000);
    expect(await poll()).toEqual({ ok: true, value: { status: "pending" } });
    expect(await poll()).toEqual({ ok: true, value: { status: "slow_down", intervalMs: 10_000 } });
    simulator.deviceFlow.approve(code.userCode, "alice");
    shift(10_000);
    const last = await poll();
    expect(last).toMatchObject({ ok: true, value: { status: "complete", expires: false } });
    expect(last.ok && last.value.status === "complete" && last.value.token.reveal()).toBe("gho_alice0123456789");
  });

  it("tells a refusal by the person from a code whose time is over", async () => {
    const { simulator, code, poll, shift } = await setUp();
    simulator.deviceFlow.deny(code.userCode);
    expect(await poll()).toEqual({ ok: true, value: { status: "denied" } });
    shift(16 * 60_000);
    expect(await poll()).toEqual({ ok: true, value: { status: "expired" } });
  });

  it("tells a token that ends within hours, as a GitHub App's does, from one that lasts", async () => {
    const server = createServer((_request, response) => {
      response.end(JSON.stringify({ access_token: "ghu_short", expires_in: 28_800, refresh_token: "ghr_x" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const httpClient = createHttpClient({ timeouts: { connectMs: 2000, firstByteMs: 2000, idleMs: 2000 } });
    closers.push(
      () => server.close(),
      () => httpClient.close(),
    );
    const githubApiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const flow = createDeviceFlow({ httpClient, githubApiUrl, callLimitMs: 5000, clock: systemClock });
    expect(await flow.poll(clientId, new Secret("device"))).toMatchObject({
      ok: true,
      value: { status: "complete", expires: true },
    });
  });

  it("says in GitHub's words why it cannot go on", async () => {
    const { flow, code, simulator } = await setUp();
    expect(await flow.start("")).toMatchObject({ ok: false, failure: { error: { status: 404 } } });
    expect(await flow.poll("another client", code.deviceCode)).toMatchObject({
      ok: false,
      failure: { kind: "forbidden", error: { message: expect.stringContaining("incorrect_device_code") } },
    });
    await simulator.refuseConnections();
    expect(await flow.start(clientId)).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
  });
});

test.each([
  ["https://api.github.com", "https://github.com"],
  ["https://api.acme.ghe.com", "https://acme.ghe.com"],
  ["https://ghes.acme.com/api/v3", "https://ghes.acme.com"],
  ["https://api.ghes.acme.com/api/v3/", "https://api.ghes.acme.com"],
  ["http://127.0.0.1:8787", "http://127.0.0.1:8787"],
  ["http://127.0.0.1:8787/github", "http://127.0.0.1:8787/github"],
])("people of the API at %s sign in at %s", (api, site) => {
  expect(signInUrl(api)).toBe(site);
});
