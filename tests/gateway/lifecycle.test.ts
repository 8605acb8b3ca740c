import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { signUp } from "../testing/admin.ts";
import { descendantsOf, isRunning } from "../testing/process-tree.ts";
import { chatBody, githubTokenOf } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";

const chatPath = "/openai/v1/chat/completions";
const pool = { GITHUB_TOKENS: `alice=${githubTokenOf("alice")}`, API_KEY: "legacy-key-of-the-team" };

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
});
afterEach(() => simulator.close());

async function start(env: Readonly<Record<string, string>>, dataDir?: string): Promise<Gateway> {
  const gateway = await startGateway({ simulator, env, ...(dataDir === undefined ? {} : { dataDir }) });
  onTestFinished(async () => void (await gateway.stop()));
  return gateway;
}

function send(gateway: Gateway, body: unknown, key = pool.API_KEY): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return fetch(gateway.url + chatPath, { method: "POST", headers, body: JSON.stringify(body) });
}

const statusOf = async (gateway: Gateway, route: string) => (await fetch(gateway.url + route)).status;

describe("a starting gateway", () => {
  it("is healthy before any token is checked, and ready once one can serve", async () => {
    simulator.faults.add({ name: "hang", endpoint: "github" });
    const gateway = await start(pool);
    expect(await statusOf(gateway, "/health")).toBe(200);
    expect(await statusOf(gateway, "/ready")).toBe(503);
  });

  it("serves the tokens and the legacy key from its settings", async () => {
    const gateway = await start(pool);
    await expect.poll(() => statusOf(gateway, "/ready"), { timeout: 20_000 }).toBe(200);
    expect((await send(gateway, chatBody("hello"))).status).toBe(200);
    expect((await send(gateway, chatBody("hello"), "another")).status).toBe(401);
  });

  it("lets nobody in without a key or a user", async () => {
    const gateway = await start({ GITHUB_TOKEN: githubTokenOf("alice") });
    expect((await send(gateway, chatBody("hello"), "anything")).status).toBe(401);
    expect((await fetch(`${gateway.url}/openai/v1/models`)).status).toBe(401);
  });

  it("creates the first admin from its settings instead of printing a setup link", async () => {
    const gateway = await start({ ADMIN_USERNAME: "root", ADMIN_PASSWORD: "correct horse battery" });
    expect(gateway.setupUrl()).toBeUndefined();
    const login = await fetch(`${gateway.url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "root", password: "correct horse battery" }),
    });
    expect(await login.json()).toMatchObject({ username: "root", token: expect.any(String) });
  });

  it("takes the setup code once and no other", async () => {
    const gateway = await start({});
    const attempt = (setupCode: string) =>
      fetch(`${gateway.url}/api/auth/setup`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username: "mallory", password: "correct horse battery", setup_code: setupCode }),
      });
    expect((await attempt("guess")).status).toBeGreaterThanOrEqual(400);
    await signUp(gateway);
    const code = new URL(gateway.setupUrl() ?? "").searchParams.get("code") ?? "";
    expect((await attempt(code)).status).toBe(409);
  });
});

describe("a stopping gateway", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("finishes its streams on %s and exits with 0", async (signal) => {
    const gateway = await start(pool);
    await expect.poll(() => statusOf(gateway, "/ready"), { timeout: 20_000 }).toBe(200);
    const response = await send(gateway, chatBody("sim: long 40\nsim: delay 30", { stream: true }));
    const stopped = gateway.stop(signal);
    expect((await response.text()).trimEnd()).toMatch(/data: \[DONE\]$/);
    expect(await stopped).toBe(0);
  });

  it("ends at once when it is asked a second time", async () => {
    const gateway = await start({ ...pool, DRAIN_TIMEOUT: "10m" });
    await expect.poll(() => statusOf(gateway, "/ready"), { timeout: 20_000 }).toBe(200);
    const response = await send(gateway, chatBody("sim: long 4000\nsim: delay 500", { stream: true }));
    const asked = gateway.stop();
    await expect.poll(() => gateway.output(), { timeout: 20_000 }).toContain("stopping");
    // What comes within a second is the same request, sent twice.
    const askAgain = () => {
      gateway.process.kill("SIGTERM");
      return gateway.process.signalCode;
    };
    await expect.poll(askAgain, { interval: 300, timeout: 20_000 }).toBe("SIGKILL");
    await asked;
    await expect(response.text()).rejects.toThrow();
  });

  it("waits for no connection that carries no request", async () => {
    const gateway = await start({ ...pool, DRAIN_TIMEOUT: "10m" });
    const { hostname, port } = new URL(gateway.url);
    const silent = connect(Number(port), hostname);
    onTestFinished(() => void silent.destroy());
    await new Promise((resolve) => silent.once("connect", resolve));
    expect(await statusOf(gateway, "/health")).toBe(200);
    expect(await gateway.stop()).toBe(0);
  }, 30_000);

  it("leaves no process behind", async () => {
    const gateway = await start(pool);
    await expect.poll(() => statusOf(gateway, "/ready"), { timeout: 20_000 }).toBe(200);
    const started = [gateway.process.pid ?? 0, ...descendantsOf(gateway.process.pid ?? 0)];
    expect(started.length).toBeGreaterThan(1);
    expect(await gateway.stop()).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    await expect(fetch(`${gateway.url}/health`)).rejects.toThrow();
  });
});

describe("a restarted gateway", () => {
  it("knows its users, tokens and keys again, and every request that was answered before a SIGKILL", async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "copilot-llm-data-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await start({}, dataDir);
    const admin = await signUp(first);
    await admin.addToken("alice", githubTokenOf("alice"));
    const key = await admin.createKey({ alias: "e2e" });
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) =>
        (await send(first, chatBody(`question ${index}`, { stream: true }), key.key)).text(),
      ),
    );
    await first.kill();
    expect(answers.filter((text) => !text.includes("[DONE]"))).toEqual([]);

    const second = await start({}, dataDir);
    expect(second.setupUrl()).toBeUndefined();
    await expect.poll(() => statusOf(second, "/ready"), { timeout: 20_000 }).toBe(200);
    expect((await send(second, chatBody("hello again"), key.key)).status).toBe(200);
    const login = await fetch(`${second.url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: admin.username, password: admin.password }),
    });
    const { token } = (await login.json()) as { token: string };
    const keys = await fetch(`${second.url}/api/admin/api-keys`, { headers: { authorization: `Bearer ${token}` } });
    expect(await keys.json()).toMatchObject({ keys: [{ id: key.id, current_requests: 21 }] });
  });
});
