import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DeviceSignInStart, DeviceSignInStatus, GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { type Simulator, type SimulatorOptions, startSimulator } from "@copilot-llm/simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Admin, signUp } from "../testing/admin.ts";
import { chatBody, githubTokenOf } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";

const tokensPath = "/api/admin/github-tokens";
const clientId = "Ov23operator";
const encoding = { publicKeyEncoding: { type: "spki", format: "pem" } } as const;
const createKeys = (type: "pkcs1" | "pkcs8") =>
  generateKeyPairSync("rsa", { modulusLength: 2048, ...encoding, privateKeyEncoding: { type, format: "pem" } });
// GitHub gives out PKCS #1.
const appKeys = createKeys("pkcs1");
const otherKeys = createKeys("pkcs8");

interface Running {
  readonly simulator: Simulator;
  readonly gateway: Gateway;
  readonly admin: Admin;
}

async function start(options: SimulatorOptions = {}, env: Record<string, string> = {}): Promise<Running> {
  const simulator = await startSimulator({
    accounts: [
      { login: "alice", token: "gho_alice0123456789" },
      { login: "octo-org", token: "gho_organisation0123", plan: "business" },
    ],
    githubApps: [{ appId: "42", publicKeyPem: appKeys.publicKey, installations: [{ id: "7", login: "octo-org" }] }],
    ...options,
  });
  onTestFinished(() => simulator.close());
  const gateway = await startGateway({ simulator, env });
  onTestFinished(async () => void (await gateway.stop()));
  return { simulator, gateway, admin: await signUp(gateway) };
}

async function call<T>(admin: Admin, method: string, route: string, body?: unknown): Promise<[number, T]> {
  const response = await admin.request(method, route, body);
  return [response.status, (await response.json()) as T];
}

/** The status of a chat by a fresh key, and the account that served it. */
async function chat({ simulator, gateway, admin }: Running): Promise<[number, string | undefined]> {
  const { key } = await admin.createKey({ alias: `key ${Date.now()}` });
  const response = await fetch(`${gateway.url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify(chatBody("hello")),
  });
  await response.text();
  return [response.status, simulator.requests.to("/chat/completions").at(-1)?.account];
}

function textOf(directory: string): string {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

describe("a GitHub App installation", () => {
  const installation = { kind: "app_installation", app_id: 42, installation_id: "7", private_key: appKeys.privateKey };

  it("is added with the App's key, serves, and shows the key nowhere", async () => {
    const running = await start();
    const { admin, gateway } = running;
    const [status, view] = await call<GithubTokenView>(admin, "POST", tokensPath, { alias: "org", ...installation });
    expect(status).toBe(201);
    expect(view).toMatchObject({
      kind: "app_installation",
      status: "active",
      token_preview: "app 42, installation 7",
      login: "app-installation-7",
      error_message: null,
    });
    expect(await chat(running)).toEqual([200, "octo-org"]);

    const secretLine = appKeys.privateKey.split("\n")[3] ?? "no key";
    const listed = await (await admin.request("GET", tokensPath)).text();
    const audited = await (await admin.request("GET", "/api/admin/audit")).text();
    expect(audited).toContain("app_installation");
    for (const text of [listed, audited, textOf(gateway.dataDir), gateway.output()]) {
      expect(text).not.toContain(secretLine);
      expect(text).not.toMatch(/ghs_\w+/);
    }
  });

  it("is there again after a restart", async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "copilot-llm-data-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const { simulator } = await start();
    const first = await startGateway({ simulator, dataDir });
    const admin = await signUp(first);
    await call(admin, "POST", tokensPath, { alias: "org", ...installation });
    await first.stop();
    const second = await startGateway({ simulator, dataDir });
    onTestFinished(async () => void (await second.stop()));
    await expect.poll(async () => (await fetch(`${second.url}/ready`)).status, { timeout: 20_000 }).toBe(200);
  });

  it("with a key that is another App's is kept with GitHub's reason, and works once it has the right key", async () => {
    const { admin } = await start();
    const [, view] = await call<GithubTokenView>(admin, "POST", tokensPath, {
      alias: "org",
      ...installation,
      private_key: otherKeys.privateKey,
    });
    expect(view).toMatchObject({ status: "auth_failed", error_message: expect.stringMatching(/decoded/) });
    const escaped = appKeys.privateKey.replaceAll("\n", "\\n");
    const [status, changed] = await call(admin, "PATCH", `${tokensPath}/${view.id}`, { private_key: escaped });
    expect(status).toBe(200);
    expect(changed).toMatchObject({ id: view.id, status: "active", error_message: null });
  });

  it.each([
    ["private_key", { private_key: "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----" }],
    ["installation_id", { installation_id: "seven" }],
    ["app_id", { app_id: undefined }],
  ])("with a wrong %s is refused, naming the field and not its value", async (field, override) => {
    const { admin } = await start();
    const [status, body] = await call(admin, "POST", tokensPath, { alias: "org", ...installation, ...override });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(new RegExp(`${field}|RSA private key`));
    expect(JSON.stringify(body)).not.toContain("c2VjcmV0");
    expect(await admin.tokens()).toEqual({});
  });

  it("cannot be added twice, nor be given a pasted token", async () => {
    const { admin } = await start();
    const [, view] = await call<GithubTokenView>(admin, "POST", tokensPath, { alias: "org", ...installation });
    expect((await call(admin, "POST", tokensPath, { alias: "again", ...installation }))[0]).toBe(409);
    expect((await call(admin, "PATCH", `${tokensPath}/${view.id}`, { token: githubTokenOf("alice") }))[0]).toBe(400);
  });
});

describe("the device flow", () => {
  const deviceEnv = { GITHUB_OAUTH_CLIENT_ID: clientId };
  const begin = async (admin: Admin, alias = "alice") =>
    (await call<DeviceSignInStart>(admin, "POST", `${tokensPath}/device`, { alias }))[1];
  const look = async (admin: Admin, id: string) =>
    (await call<DeviceSignInStatus>(admin, "GET", `${tokensPath}/device/${id}`))[1];

  it("puts the token of whoever signs in into the pool, and shows neither device code nor token", async () => {
    const running = await start({ devicePollSeconds: 0.2 }, { ...deviceEnv, LOG_LEVEL: "trace" });
    const { simulator, gateway, admin } = running;
    const started = await begin(admin);
    expect(started).toMatchObject({ verification_uri: `${simulator.url}/login/device`, interval: 0.2 });
    expect(started.expires_in).toBeGreaterThan(800);
    expect(await look(admin, started.id)).toEqual({ id: started.id, status: "pending", error_message: null });
    const [asked] = simulator.requests.to("/login/device/code");
    expect(asked?.body.toString()).toContain(`client_id=${clientId}`);

    expect(simulator.deviceFlow.approve(started.user_code, "alice")).toBe(true);
    await expect.poll(async () => (await look(admin, started.id)).status, { timeout: 20_000 }).toBe("complete");
    expect(await look(admin, started.id)).toMatchObject({
      token: { alias: "alice", login: "alice", status: "active" },
    });
    expect(await chat(running)).toEqual([200, "alice"]);

    const answered = Buffer.concat(asked?.responseChunks ?? []).toString();
    const deviceCode = (JSON.parse(answered) as { device_code: string }).device_code;
    const told = [JSON.stringify(started), JSON.stringify(await look(admin, started.id)), gateway.output()];
    for (const text of [...told, textOf(gateway.dataDir)]) {
      expect(text).not.toContain(deviceCode);
      expect(text).not.toContain("gho_alice0123456789");
    }
  });

  it("polls no faster than GitHub wants", async () => {
    const { simulator, admin } = await start({ devicePollSeconds: 0.2 }, deviceEnv);
    await begin(admin);
    const polls = () => simulator.requests.to("/login/oauth/access_token");
    await expect.poll(() => polls().length, { timeout: 10_000 }).toBeGreaterThan(3);
    for (const poll of polls()) expect(Buffer.concat(poll.responseChunks).toString()).toContain("pending");
  });

  it("ends when the person refuses", async () => {
    const { simulator, admin } = await start({ devicePollSeconds: 0.1 }, deviceEnv);
    const { id, user_code } = await begin(admin);
    simulator.deviceFlow.deny(user_code);
    await expect.poll(async () => (await look(admin, id)).status, { timeout: 10_000 }).toBe("denied");
    expect(await look(admin, id)).toMatchObject({ error_message: expect.stringMatching(/refused/) });
    expect(await admin.tokens()).toEqual({});
  });

  it("says so when the token is in the pool already, and takes no alias that is taken", async () => {
    const { simulator, admin } = await start({ devicePollSeconds: 0.1 }, deviceEnv);
    await admin.addToken("alice", "gho_alice0123456789");
    expect((await call(admin, "POST", `${tokensPath}/device`, { alias: "Alice" }))[0]).toBe(409);
    const { id, user_code } = await begin(admin, "alice again");
    simulator.deviceFlow.approve(user_code, "alice");
    await expect.poll(async () => (await look(admin, id)).status, { timeout: 10_000 }).toBe("failed");
    expect(await look(admin, id)).toMatchObject({ error_message: expect.stringMatching(/in the pool already.*alice/) });
  });

  it("is a 400 that names the setting without a client id of the operator's own", async () => {
    const { admin } = await start();
    const [status, body] = await call(admin, "POST", `${tokensPath}/device`, { alias: "alice" });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain("GITHUB_OAUTH_CLIENT_ID");
    const [, settings] = await call(admin, "GET", "/api/admin/settings");
    expect(settings).toMatchObject({ start_settings: { device_flow: false } });
    expect((await call(admin, "GET", `${tokensPath}/device/dev_unknown`))[0]).toBe(404);
  });
});
