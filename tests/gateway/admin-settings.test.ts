import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ApiErrorBody, CreatedApiKey, ModelOverviewList, SettingsView } from "@copilot-llm/gateway/admin-api";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { signUp } from "../testing/admin.ts";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";
import { startGateway } from "../testing/start-gateway.ts";

const settingsPath = "/api/admin/settings";
const chatPath = "/openai/v1/chat/completions";

let serving: Serving;
afterEach(() => serving.stop());

async function change(body: object): Promise<[number, SettingsView & ApiErrorBody]> {
  const response = await serving.admin.request("PATCH", settingsPath, body);
  return [response.status, (await response.json()) as SettingsView & ApiErrorBody];
}

async function read<T>(path: string): Promise<T> {
  return (await (await serving.admin.request("GET", path)).json()) as T;
}

function servedBy(): (string | undefined)[] {
  return serving.simulator.requests.to("/chat/completions").map(({ account }) => account);
}

async function chat(text: string, more: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  const response = await serving.send(chatPath, chatBody(text, { ...more }), { headers });
  await response.clone().text();
  return response;
}

describe("the settings", () => {
  it("start as the environment says", async () => {
    serving = await startServing({ env: { RECORDING: "metadata", RECORDING_RETENTION_DAYS: "7" } });
    expect(await read(settingsPath)).toEqual({
      routing_strategy: "round_robin",
      model_aliases: {},
      model_fallbacks: {},
      key_defaults: {
        allowed_models: null,
        max_requests: null,
        max_premium_requests: null,
        max_credits: null,
        limit_period: "lifetime",
        rpm: null,
        tpm: null,
        max_concurrency: null,
        recording: null,
      },
      recording: null,
      recording_retention_days: null,
      legacy_key_enabled: true,
      viewers_see_prompts: true,
      holders_see_sessions: false,
      batches: {
        enabled: false,
        max_in_pool: 2,
        max_per_token: 1,
        quiet_hours: [],
        note: expect.stringContaining("GitHub's terms"),
      },
      start_settings: {
        recording: "metadata",
        recording_retention_days: 7,
        legacy_key: false,
        device_flow: false,
        variables: expect.arrayContaining([
          { name: "RECORDING", value: "metadata", is_set: true },
          { name: "API_KEY", value: null, is_set: false },
        ]),
      },
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("survive a restart once changed", async () => {
    serving = await startServing();
    const dataDir = mkdtempSync(path.join(tmpdir(), "copilot-llm-data-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await startGateway({ simulator: serving.simulator, dataDir });
    const admin = await signUp(first);
    const changes = {
      routing_strategy: "most_remaining",
      recording: "off",
      recording_retention_days: 3,
      model_fallbacks: { "gpt-5.4": ["gpt-5-mini"] },
    };
    expect(await (await admin.request("PATCH", settingsPath, changes)).json()).toMatchObject(changes);
    await first.stop();
    const second = await startGateway({ simulator: serving.simulator, dataDir });
    onTestFinished(async () => void (await second.stop()));
    const token = await signIn(second, admin);
    const response = await fetch(second.url + settingsPath, { headers: { authorization: `Bearer ${token}` } });
    expect(await response.json()).toMatchObject(changes);
  });

  it.each([
    ["routing_strategy", { routing_strategy: "random" }],
    ["recording_retention_days", { recording_retention_days: -1 }],
    ["model_aliases", { model_aliases: { fast: "" } }],
    ["model_aliases", { model_aliases: { "gpt-5-mini": "gpt-5-mini" } }],
    ["model_fallbacks", { model_fallbacks: { "gpt-5.4": ["gpt-5.4"] } }],
    ["key_defaults.rpm", { key_defaults: { rpm: 0 } }],
  ])("refuse what makes no sense, naming %s", async (field, body) => {
    serving = await startServing();
    const [status, { error }] = await change(body);
    expect([status, error.message]).toEqual([400, expect.stringContaining(field)]);
  });
});

describe("a change is in force at once", () => {
  it("of the routing strategy", async () => {
    serving = await startServing({ accounts: ["alice", "bob"] });
    for (let index = 0; index < 4; index += 1) await chat(`round ${index}`);
    expect(servedBy()).toEqual(["alice", "bob", "alice", "bob"]);
    await change({ routing_strategy: "fill_first" });
    serving.simulator.requests.clear();
    for (let index = 0; index < 4; index += 1) await chat(`fill ${index}`);
    expect(new Set(servedBy()).size).toBe(1);
  });

  it("of the model aliases, which the model list of the dashboard shows", async () => {
    serving = await startServing();
    expect((await chat("hello", { model: "fast" })).status).toBe(404);
    await change({ model_aliases: { fast: "gpt-5-mini" } });
    const answered = await chat("hello", { model: "fast" });
    expect([answered.status, ((await answered.json()) as { model: string }).model]).toEqual([200, "gpt-5-mini"]);
    const { models } = await read<ModelOverviewList>("/api/models");
    const model = models.find(({ id }) => id === "gpt-5-mini");
    expect(model).toMatchObject({ aliases: ["fast"], tokens: [{ alias: "alice" }], billing_multiplier: 0 });
    await change({ model_aliases: {} });
    expect((await chat("hello", { model: "fast" })).status).toBe(404);
  });

  it("of the fallback chains, and the answer names the model that served", async () => {
    serving = await startServing();
    serving.simulator.faults.add({ name: "user-model-rate-limited", model: "gpt-5.4", retryAfterSeconds: 60 });
    const refused = await chat("hello", { model: "gpt-5.4" });
    expect([refused.status, refused.headers.get("x-model-served")]).toEqual([429, null]);
    await change({ model_fallbacks: { "gpt-5.4": ["gpt-5-mini"] } });
    const answered = await chat("hello", { model: "gpt-5.4" });
    expect([answered.status, answered.headers.get("x-model-served")]).toEqual([200, "gpt-5-mini"]);
  });

  it("of the defaults for keys, for the keys made from then on", async () => {
    serving = await startServing();
    await change({ key_defaults: { rpm: 3, limit_period: "month", max_requests: 50, allowed_models: ["gpt-*"] } });
    const limited = await serving.admin.createKey({ alias: "limited", max_requests: null });
    expect(limited).toMatchObject({ rpm: 3, limit_period: "month", max_requests: null, allowed_models: ["gpt-*"] });
    const { keys } = await read<{ keys: CreatedApiKey[] }>("/api/admin/api-keys");
    expect(keys.find(({ alias }) => alias === "e2e")).toMatchObject({ rpm: null, allowed_models: null });
  });

  it("of the legacy key's switch", async () => {
    serving = await startServing({ env: { API_KEY: "legacy-key-0123456789" } });
    const legacy = { authorization: "Bearer legacy-key-0123456789" };
    expect((await chat("hello", {}, legacy)).status).toBe(200);
    const [, changed] = await change({ legacy_key_enabled: false });
    expect(changed).toMatchObject({ legacy_key_enabled: false, start_settings: { legacy_key: true } });
    const refused = await chat("hello", {}, legacy);
    expect([refused.status, await refused.text()]).toEqual([401, expect.stringContaining("switched off")]);
    expect((await chat("hello")).status).toBe(200);
  });

  it("of the recording mode, which a key may only lower", async () => {
    serving = await startServing();
    await change({ recording: "metadata" });
    const full = await serving.admin.createKey({ alias: "wants all", recording: "full" });
    const headers = { authorization: `Bearer ${full.key}` };
    const { headers: answered } = await chat("a secret plan", {}, headers);
    const id = answered.get("x-request-id");
    const exported = await serving.admin.request("GET", "/api/sessions/export?format=jsonl");
    const lines = (await exported.text()).trim().split("\n");
    expect(lines.find((line) => line.includes(id ?? "no id"))).not.toContain("a secret plan");
  });
});
