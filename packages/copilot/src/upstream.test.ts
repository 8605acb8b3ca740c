import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GatewayError, Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { createRequest } from "../testing/create-request.js";
import { createRecordingLog } from "../testing/recording-log.js";
import { type RecordingSink, record } from "../testing/recording-sink.js";
import { runtimeProcesses } from "../testing/runtime-processes.js";
import { createUpstream, type UpstreamOptions } from "./create-upstream.js";
import { readAll } from "./read-all.js";
import type { UpstreamAccount, UpstreamAnswer, UpstreamSuccess } from "./upstream.js";

const aliceToken = "gho_alice0123456789abcdefghij";
const accounts = [
  { token: aliceToken, login: "alice", plan: "business", used: 30 },
  { token: "gho_bob", login: "bob", plan: "individual", billing: "credits" },
] as const;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function setUp(options: Partial<UpstreamOptions> = {}) {
  const simulator = await startSimulator({ accounts });
  const stateDir = mkdtempSync(path.join(tmpdir(), "copilot-upstream-"));
  const log = createRecordingLog();
  const upstream = createUpstream({
    stateDir,
    copilotApiUrl: simulator.url,
    githubApiUrl: simulator.url,
    environment: process.env,
    timeouts: { connectMs: 2000, firstByteMs: 10_000, idleMs: 10_000 },
    clock: systemClock,
    randomness: { next: Math.random, bytes: randomBytes },
    log,
    ...options,
  });
  closers.push(async () => {
    await upstream.close();
    await simulator.close();
    rmSync(stateDir, { recursive: true });
  });
  const open = (token = aliceToken) => upstream.openAccount({ kind: "user", token: new Secret(token) });
  return { simulator, stateDir, log, upstream, open };
}

function succeeded(answer: UpstreamAnswer): UpstreamSuccess {
  if (!answer.ok) throw new Error(`refused: ${answer.failure.kind} ${answer.failure.error.message}`);
  return answer;
}

async function stream(account: UpstreamAccount, text: string): Promise<RecordingSink> {
  return record(succeeded(await account.send(createRequest(text))).body);
}

const paths = (simulator: Simulator) => simulator.requests.all().map((request) => request.path);

describe("signing in", () => {
  it("tells who the account is", async () => {
    const { open } = await setUp();
    expect(await open().signIn()).toEqual({ ok: true, value: { login: "alice", plan: "business", warning: null } });
  });

  it.each([
    ["an unknown token", "gho_nobody", 401, "unauthorized", "Bad credentials"],
    ["an account without Copilot", "gho_bob", 403, "forbidden", "You do not have access to GitHub Copilot."],
  ])("with %s is refused in GitHub's own words", async (_name, token, status, kind, message) => {
    const { open, simulator } = await setUp();
    simulator.changeAccount("bob", { standing: "no_copilot" });
    const failure = { kind, error: { status, message } };
    expect(await open(token).signIn()).toMatchObject({ ok: false, failure });
    expect(await open(token).send(createRequest("hello"))).toMatchObject({ ok: false, status: null, failure });
  });

  it("tells for which organisations, in a runtime that is there for no longer than that", async () => {
    const { open, simulator, stateDir } = await setUp();
    simulator.addAccount({ token: "gho_carol0123456", login: "carol", organizations: ["acme", "beta"] });
    const carol = open("gho_carol0123456");
    const answers = await Promise.all([carol.organizations(), carol.organizations(), open("gho_bob").organizations()]);
    expect(answers).toEqual([
      { ok: true, value: ["acme", "beta"] },
      { ok: true, value: ["acme", "beta"] },
      { ok: true, value: [] },
    ]);
    expect(simulator.requests.to("/copilot_internal/user")).toHaveLength(2);
    expect(runtimeProcesses(stateDir)).toEqual([]);
    expect(await open("gho_nobody").organizations()).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
  });

  it("warns of classic tokens", async () => {
    const { open, simulator } = await setUp();
    simulator.addAccount({ token: "ghp_classic", login: "carol" });
    expect(await open("ghp_classic").signIn()).toMatchObject({ ok: true, value: { warning: /deprecated/ } });
  });

  it("is unreachable, not refused, while GitHub is down, and works when it is back", async () => {
    const { open, simulator, log } = await setUp();
    await simulator.refuseConnections();
    const account = open();
    expect(await account.signIn()).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
    expect(log.lines().join()).toContain("error sending request");
    await simulator.acceptConnections();
    expect(await account.signIn()).toMatchObject({ ok: true });
  });
});

describe("the catalogue", () => {
  it("is the service's own list, each id once, asked once", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    const [first, second] = await Promise.all([account.catalogue(), account.catalogue()]);
    const asked = paths(simulator).length;
    const third = await account.catalogue();
    expect(paths(simulator)).toHaveLength(asked);
    if (!first.ok) throw new Error("no catalogue");
    expect([second, third]).toEqual([first, first]);
    const ids = first.value.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["gpt-4o", "claude-sonnet-4.6", "text-embedding-3-small"]));
  });

  it("outlives a refresh that fails", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    const before = await account.catalogue();
    simulator.faults.add({ name: "custom", status: 429, endpoint: "/models" });
    expect(await account.catalogue({ refresh: true })).toEqual(before);
    expect(await open("gho_bob").catalogue()).toMatchObject({ ok: false, failure: { kind: "account_rate_limited" } });
  });

  it("is not the one kept when GitHub has come to refuse the account", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    await account.catalogue();
    simulator.changeAccount("alice", { standing: "revoked" });
    expect(await account.catalogue({ refresh: true })).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
  });
});

it("tells the quota of an account", async () => {
  const { open } = await setUp();
  expect(await open().quota()).toMatchObject({
    ok: true,
    value: expect.arrayContaining([
      expect.objectContaining({ bucket: "premium_interactions", entitlement: 300, remaining: 270, hasQuota: true }),
      expect.objectContaining({ bucket: "chat", unlimited: true, remaining: null }),
    ]),
  });
});

describe("sending", () => {
  it("makes one call upstream for a request and gives its bytes and quota back", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    await stream(account, "warm up").then(({ ended }) => ended);
    simulator.requests.clear();
    const answer = succeeded(await account.send(createRequest("sim: text hello")));
    const body = await readAll(answer.body, 1_000_000);
    expect(paths(simulator)).toEqual(["/chat/completions"]);
    const [seen] = simulator.requests.all();
    expect(Buffer.from(body).equals(Buffer.concat(seen?.responseChunks ?? []))).toBe(true);
    expect(Buffer.from(createRequest("sim: text hello").body).equals(seen?.body ?? Buffer.alloc(0))).toBe(true);
    expect(answer.status).toBe(200);
    expect(answer.quotas).toEqual(
      expect.arrayContaining([expect.objectContaining({ bucket: "premium_interactions", entitlement: 300 })]),
    );
  });

  it("tells the truth about itself and the request, and nothing of the client's besides", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    const headersOf = async (overrides: Parameters<typeof createRequest>[1]) => {
      simulator.requests.clear();
      const answer = await account.send(createRequest("hello", overrides));
      if (answer.ok) await record(answer.body).ended;
      return simulator.requests.to(overrides?.path ?? "/chat/completions")[0]?.headers ?? {};
    };
    const plain = await headersOf({ headers: { "anthropic-beta": "x", cookie: "secret" } });
    expect(plain).toMatchObject({
      "copilot-integration-id": "copilot-sdk",
      "user-agent": expect.stringMatching(/^copilot\//),
      "x-github-api-version": expect.any(String),
      "x-interaction-id": expect.any(String),
      "x-initiator": "user",
      "content-type": "application/json",
      "accept-encoding": "identity",
    });
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(["copilot-vision-request"]));
    expect(plain.cookie).toBeUndefined();
    expect(plain["anthropic-beta"]).toBeUndefined();
    expect(await headersOf({ initiator: "agent", hasImages: true, interactionId: "turn-7" })).toMatchObject({
      "x-initiator": "agent",
      "copilot-vision-request": "true",
      "x-interaction-id": "turn-7",
    });
    const messages = { path: "/v1/messages", modelId: "claude-sonnet-4.6" } as const;
    expect(await headersOf(messages)).toMatchObject({ "anthropic-version": "2023-06-01" });
    const headers = { "anthropic-version": "2024-01-01", "anthropic-beta": "interleaved-thinking-2025-05-14" };
    expect(await headersOf({ ...messages, headers })).toMatchObject(headers);
  });

  it.each([
    ["quota-exceeded", { kind: "quota_exhausted", error: { status: 402, code: "quota_exceeded" } }],
    ["user-model-rate-limited", { kind: "model_rate_limited", retryAfterMs: 7000, error: { status: 429 } }],
    ["bad-gateway-html", { kind: "unreachable", error: { status: 502, message: expect.not.stringContaining("<") } }],
    ["api-version-too-old", { kind: "client_outdated", error: { status: 466 } }],
    ["invalid-signature", { kind: "invalid_signature", error: { status: 400 } }],
    ["misdirected", { kind: "misdirected", error: { status: 421 } }],
    ["sealed-reasoning-bad-request", { kind: "invalid_signature", error: { status: 400 } }],
    ["sealed-output-undecodable", { kind: "invalid_signature", error: { status: 400 } }],
    ["thinking-modified", { kind: "invalid_signature", error: { status: 400 } }],
  ] as const)("answers a refusal as a value: %s", async (name, failure) => {
    const { open, simulator } = await setUp();
    simulator.faults.add({ name, retryAfterSeconds: 7 });
    const answer = await open().send(createRequest("hello"));
    expect(answer).toMatchObject({ ok: false, status: failure.error.status, failure });
  });

  it("takes a web page in place of an answer for a failure, although it says 200", async () => {
    const { open, simulator } = await setUp();
    simulator.faults.add({ name: "html-page", times: 1 });
    const account = open();
    const failure = { kind: "unreachable", error: { status: 502, message: expect.stringContaining("web page") } };
    expect(await account.send(createRequest("hello"))).toMatchObject({ ok: false, status: 200, failure });
    expect((await account.send(createRequest("hello"))).ok).toBe(true);
  });

  it("answers a connection that breaks before the answer as a value", async () => {
    const { open, simulator } = await setUp({ timeouts: { connectMs: 1000, firstByteMs: 200, idleMs: 5000 } });
    const account = open();
    await account.catalogue();
    simulator.faults.add({ name: "connection-reset", times: 1 });
    const unreachable = { ok: false, status: null, failure: { kind: "unreachable", error: { status: 502 } } };
    expect(await account.send(createRequest("hello"))).toMatchObject(unreachable);
    simulator.faults.add({ name: "hang", times: 1 });
    const late = { ok: false, status: null, failure: { kind: "timeout", error: { status: 504 } } };
    expect(await account.send(createRequest("hello"))).toMatchObject(late);
    await account.send(createRequest("hello"));
    await simulator.refuseConnections();
    expect(await account.send(createRequest("hello"))).toMatchObject(unreachable);
  });

  it("fails the body when the stream is cut or falls silent", async () => {
    const { open } = await setUp({ timeouts: { connectMs: 1000, firstByteMs: 5000, idleMs: 200 } });
    const account = open();
    const cut = await stream(account, "sim: long 200\nsim: cut 3");
    expect(await cut.ended).toMatchObject({ code: "upstream_error" });
    const silent = await stream(account, "sim: long 200\nsim: silence 3 60000");
    expect(await silent.ended).toMatchObject({ code: "upstream_timeout" });
    expect(silent.text()).toContain("data:");
  });

  it("ends the upstream's work when the client hangs up, before the answer and after", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    await account.catalogue();
    const abort = new AbortController();
    simulator.faults.add({ name: "hang", times: 1 });
    const early = account.send(createRequest("hello", { signal: abort.signal }));
    const waiting = await simulator.requests.waitFor((request) => request.path === "/chat/completions");
    abort.abort();
    await expect(early).rejects.toMatchObject({ code: "client_closed" });
    await waiting.onAborted;

    simulator.requests.clear();
    const answer = succeeded(await account.send(createRequest("sim: long 1000\nsim: delay 20")));
    await record(answer.body).started;
    answer.body.abort();
    await simulator.requests.to("/chat/completions")[0]?.onAborted;
  });

  it("gives up waiting for the endpoint when the client hangs up", async () => {
    const { open, simulator } = await setUp();
    simulator.faults.add({ name: "hang", endpoint: "/copilot_internal/user" });
    const abort = new AbortController();
    const sent = open().send(createRequest("hello", { signal: abort.signal }));
    await simulator.requests.waitFor((request) => request.path === "/copilot_internal/user");
    abort.abort();
    await expect(sent).rejects.toBeInstanceOf(GatewayError);
  });
});

describe("a refused credential", () => {
  it("is renewed once for all requests that it hit, and they go on", async () => {
    const { open, simulator } = await setUp();
    const account = open();
    await stream(account, "warm up").then(({ ended }) => ended);
    simulator.requests.clear();
    simulator.faults.add({ name: "token-expired", times: 20 });
    const streams = await Promise.all(Array.from({ length: 20 }, () => stream(account, "hello")));
    expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(Array(20).fill(null));
    expect(simulator.requests.to("/chat/completions")).toHaveLength(40);
    expect(simulator.requests.to("/models").length).toBeLessThanOrEqual(1);
  });

  it("is a refusal when renewing does not help", async () => {
    const { open, simulator } = await setUp();
    simulator.faults.add({ name: "token-expired" });
    const failure = { kind: "unauthorized", error: { status: 401, message: "unauthorized: token expired" } };
    expect(await open().send(createRequest("hello"))).toMatchObject({ ok: false, status: 401, failure });
    expect(simulator.requests.to("/chat/completions")).toHaveLength(2);
  });
});

describe("the runtime", () => {
  it("may be killed without touching requests under way or new ones, and the next control call brings it back", async () => {
    const { open, stateDir, upstream } = await setUp();
    const account = open();
    expect(await account.signIn()).toMatchObject({ ok: true });
    expect(upstream.runtimesLost).toBe(0);
    const under = await Promise.all(Array.from({ length: 50 }, () => stream(account, "sim: long 60\nsim: delay 20")));
    await Promise.all(under.map(({ started }) => started));

    const [pid, ...others] = runtimeProcesses(stateDir);
    expect(others).toEqual([]);
    process.kill(pid ?? 0, "SIGKILL");
    const late = await Promise.all(Array.from({ length: 10 }, () => stream(account, "hello")));
    expect(await Promise.all([...under, ...late].map(({ ended }) => ended))).toEqual(Array(60).fill(null));
    for (const { text } of under) expect(text()).toContain("data: [DONE]");

    const answers = await Promise.all([account.quota(), account.signIn(), open("gho_bob").signIn()]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true, value: { login: "bob" } }]);
    expect(runtimeProcesses(stateDir)).toHaveLength(1);
    expect(runtimeProcesses(stateDir)).not.toContain(pid);
    expect(upstream.runtimesLost).toBe(1);
  }, 20_000);

  it("that dies under a control call is replaced and the call repeated", async () => {
    const { open, simulator, stateDir } = await setUp();
    simulator.faults.add({ name: "hang", endpoint: "/copilot_internal/user", times: 1 });
    const signIn = open().signIn();
    await simulator.requests.waitFor((request) => request.path === "/copilot_internal/user");
    for (const pid of runtimeProcesses(stateDir)) process.kill(pid, "SIGKILL");
    expect(await signIn).toMatchObject({ ok: true, value: { login: "alice" } });
  }, 20_000);

  it("that hangs costs a control call its time limit and no more", async () => {
    const { open, simulator } = await setUp({
      timeouts: { connectMs: 1000, firstByteMs: 5000, idleMs: 5000, controlMs: 500 },
    });
    simulator.faults.add({ name: "hang", endpoint: "/copilot_internal/user", times: 1 });
    const account = open();
    expect(await account.signIn()).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(await account.signIn()).toMatchObject({ ok: true });
  });

  it("is one for all accounts, and ends with the upstream", async () => {
    const { open, simulator, stateDir, upstream } = await setUp();
    const many = Array.from({ length: 10 }, (_, index) => ({ token: `gho_many_${index}`, login: `many-${index}` }));
    for (const account of many) simulator.addAccount(account);
    const results = await Promise.all(many.map(({ token }) => open(token).signIn()));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(runtimeProcesses(stateDir)).toHaveLength(1);
    await upstream.close();
    expect(runtimeProcesses(stateDir)).toEqual([]);
    expect(readdirSync(path.join(stateDir, "runtimes"))).toEqual([]);
  });

  it("keeps its state private, and no credential in it or in the log", async () => {
    const { open, stateDir, log } = await setUp();
    const account = open();
    await account.signIn();
    await account.quota();
    await account.catalogue();
    await stream(account, "hello").then(({ ended }) => ended);
    await open("gho_refused0123456789").signIn();

    const [directory = ""] = readdirSync(path.join(stateDir, "runtimes"));
    expect(statSync(path.join(stateDir, "runtimes", directory)).mode & 0o777).toBe(0o700);
    const written = readdirSync(stateDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
    expect(written.length).toBeGreaterThan(0);
    for (const text of [...written, ...log.lines()]) {
      expect(text).not.toContain(aliceToken);
      expect(text).not.toContain("gho_refused0123456789");
    }
  });

  it("forgets an account that is closed, and serves it again when asked", async () => {
    const { open, stateDir } = await setUp();
    const account = open();
    await account.signIn();
    const [directory = ""] = readdirSync(path.join(stateDir, "runtimes"));
    const sessions = () => readdirSync(path.join(stateDir, "runtimes", directory, "session-state"));
    expect(sessions()).toHaveLength(1);
    await account.close();
    await expect.poll(sessions).toEqual([]);
    expect(await account.signIn()).toMatchObject({ ok: true });
  });
});
