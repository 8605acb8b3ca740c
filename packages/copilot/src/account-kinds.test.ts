import { generateKeyPairSync, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Clock, Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { startSimulator } from "@copilot-llm/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { createRequest } from "../testing/create-request.js";
import { createRecordingLog } from "../testing/recording-log.js";
import { record } from "../testing/recording-sink.js";
import { runtimeProcesses } from "../testing/runtime-processes.js";
import { createUpstream } from "./create-upstream.js";

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const otherKeys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Real time, moved ahead by as much as a test says; timers stay real. */
function createShiftedClock() {
  let shiftMs = 0;
  const clock: Clock = { ...systemClock, nowMs: () => systemClock.nowMs() + shiftMs };
  return { clock, shift: (durationMs: number) => (shiftMs += durationMs) };
}

async function setUp(environment: Readonly<Record<string, string | undefined>> = {}) {
  const { clock, shift } = createShiftedClock();
  const simulator = await startSimulator({
    clock: { nowMs: clock.nowMs },
    accounts: [
      { token: "gho_alice0123456789", login: "alice", plan: "individual" },
      { token: "gho_organisation", login: "octo-org", plan: "business" },
    ],
    githubApps: [{ appId: "42", publicKeyPem: keys.publicKey, installations: [{ id: "7", login: "octo-org" }] }],
  });
  const stateDir = mkdtempSync(path.join(tmpdir(), "copilot-kinds-"));
  const log = createRecordingLog();
  const upstream = createUpstream({
    stateDir,
    copilotApiUrl: simulator.url,
    githubApiUrl: simulator.url,
    environment: { PATH: process.env.PATH, ...environment },
    timeouts: { connectMs: 2000, firstByteMs: 10_000, idleMs: 10_000 },
    clock,
    randomness: { next: () => 0, bytes: randomBytes },
    log,
  });
  closers.push(async () => {
    await upstream.close();
    await simulator.close();
    rmSync(stateDir, { recursive: true });
  });
  return { simulator, upstream, stateDir, log, shift };
}

describe("a GitHub App installation", () => {
  const credential = { kind: "app_installation", appId: "42", installationId: "7" } as const;
  const privateKey = new Secret(keys.privateKey);
  const mintPath = "/app/installations/7/access_tokens";

  it("mints a token, runs a runtime of its own and serves", async () => {
    const { upstream, simulator, stateDir, log } = await setUp();
    const account = upstream.openAccount({ ...credential, privateKey });
    expect(await account.signIn()).toMatchObject({ ok: true, value: { login: "app-installation-7" } });
    expect(await account.catalogue()).toMatchObject({ ok: true });
    expect(await account.quota()).toMatchObject({ ok: true });
    expect(await account.organizations()).toEqual({ ok: true, value: [] });
    const answer = await account.send(createRequest("hello"));
    if (!answer.ok) throw new Error(answer.failure.error.message);
    expect(await record(answer.body).ended).toBeNull();
    expect(simulator.requests.to("/chat/completions")[0]?.account).toBe("octo-org");
    expect(simulator.requests.to(mintPath)).toHaveLength(1);
    expect(runtimeProcesses(stateDir)).toHaveLength(1);

    const minted = /ghs_\w+/.exec(Buffer.concat(simulator.requests.to(mintPath)[0]?.responseChunks ?? []).toString());
    expect(minted).not.toBeNull();
    const written = readdirSync(stateDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
    for (const text of [...written, ...log.lines()]) expect(text).not.toContain(minted?.[0]);
    await account.close();
    expect(runtimeProcesses(stateDir)).toEqual([]);
  });

  it("renews before the token ends; what is under way goes on, and the old runtime goes", async () => {
    const { upstream, simulator, stateDir, shift } = await setUp();
    const account = upstream.openAccount({ ...credential, privateKey });
    const answer = await account.send(createRequest("sim: long 60\nsim: delay 20"));
    if (!answer.ok) throw new Error(answer.failure.error.message);
    const underWay = record(answer.body);
    await underWay.started;
    const [before] = runtimeProcesses(stateDir);
    shift(56 * 60_000);
    expect(await account.quota()).toMatchObject({ ok: true });
    await expect.poll(() => simulator.requests.to(mintPath).length).toBe(2);
    expect(await underWay.ended).toBeNull();
    const late = await account.send(createRequest("hello"));
    if (!late.ok) throw new Error(late.failure.error.message);
    expect(await record(late.body).ended).toBeNull();
    await expect.poll(() => runtimeProcesses(stateDir)).toHaveLength(1);
    expect(runtimeProcesses(stateDir)).not.toContain(before);
  });

  it("goes on with an unexpired token while GitHub gives no new one", async () => {
    const { upstream, simulator, shift } = await setUp();
    const account = upstream.openAccount({ ...credential, privateKey });
    expect(await account.signIn()).toMatchObject({ ok: true });
    await simulator.refuseConnections();
    shift(56 * 60_000);
    expect(await account.quota()).toMatchObject({ ok: true });
    shift(5 * 60_000);
    expect(await account.quota()).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
  });

  it("mints anew when its token is refused, and once for all requests", async () => {
    const { upstream, simulator } = await setUp();
    const account = upstream.openAccount({ ...credential, privateKey });
    await account.catalogue();
    simulator.faults.add({ name: "token-expired", times: 5 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => account.send(createRequest("hello"))));
    expect(answers.map(({ ok }) => ok)).toEqual(Array(5).fill(true));
    for (const answer of answers) if (answer.ok) answer.body.abort();
    expect(simulator.requests.to(mintPath)).toHaveLength(2);
  });

  it.each([
    ["the key is another App's", { privateKey: new Secret(otherKeys.privateKey) }, "unauthorized", /decoded/],
    ["the key is no key", { privateKey: new Secret("not a key") }, "unauthorized", /private key/],
    ["the installation is unknown", { privateKey, installationId: "8" }, "forbidden", /Not Found/],
  ])("is refused when %s", async (_name, override, kind, message) => {
    const { upstream, stateDir } = await setUp();
    const account = upstream.openAccount({ ...credential, ...override });
    expect(await account.signIn()).toMatchObject({
      ok: false,
      failure: { kind, error: { message: expect.stringMatching(message) } },
    });
    expect(runtimeProcesses(stateDir)).toEqual([]);
  });
});

describe("the signed-in user of the machine", () => {
  it("is found through the GitHub CLI, never through an ambient token", async () => {
    const home = mkdtempSync(path.join(tmpdir(), "copilot-home-"));
    closers.push(() => rmSync(home, { recursive: true }));
    const bin = path.join(home, "bin");
    mkdirSync(bin);
    writeFileSync(path.join(bin, "gh"), "#!/bin/sh\necho gho_alice0123456789\n");
    chmodSync(path.join(bin, "gh"), 0o755);
    const { upstream } = await setUp({
      PATH: `${bin}:${process.env.PATH}`,
      HOME: home,
      GITHUB_TOKEN: "gho_ambient",
      GH_TOKEN: "gho_ambient",
      COPILOT_GITHUB_TOKEN: "gho_ambient",
    });
    const account = upstream.openAccount({ kind: "logged_in_user" });
    expect(await account.signIn()).toMatchObject({ ok: true, value: { login: "alice", plan: "individual" } });
    const answer = await account.send(createRequest("hello"));
    if (!answer.ok) throw new Error(answer.failure.error.message);
    expect(await record(answer.body).ended).toBeNull();
  });

  it("is a clear refusal when nobody is signed in", async () => {
    const home = mkdtempSync(path.join(tmpdir(), "copilot-home-"));
    closers.push(() => rmSync(home, { recursive: true }));
    const { upstream } = await setUp({ HOME: home });
    const account = upstream.openAccount({ kind: "logged_in_user" });
    expect(await account.signIn()).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
  });
});
