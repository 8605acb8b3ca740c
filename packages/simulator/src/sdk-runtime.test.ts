import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CopilotClient } from "@github/copilot-sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "./index.js";

const token = "gho_alice0123456789";

describe("the real SDK runtime against the simulator", () => {
  let simulator: Simulator;
  let client: CopilotClient;
  let directory: string;

  beforeAll(async () => {
    simulator = await startSimulator({
      accounts: [
        { token, login: "alice", plan: "business", used: 12 },
        { token: "gho_carol0123456789", login: "carol", plan: "enterprise", billing: "credits" },
      ],
    });
    directory = await mkdtemp(join(tmpdir(), "simulator-sdk-"));
    client = new CopilotClient({
      mode: "empty",
      baseDirectory: directory,
      useLoggedInUser: false,
      env: runtimeEnvironment(simulator, directory),
    });
  });

  afterAll(async () => {
    await client.stop();
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("authenticates a session and tells its login and plan", async () => {
    const session = await client.createSession({ gitHubToken: token, availableTools: [], model: "gpt-4.1" });
    expect(await session.rpc.gitHubAuth.getStatus()).toMatchObject({
      isAuthenticated: true,
      login: "alice",
      copilotPlan: "business",
    });
    await session.disconnect();
  });

  it("refuses a bad token in the runtime's own words", async () => {
    const attempt = client.createSession({ gitHubToken: "gho_wrong0123456789", availableTools: [], model: "gpt-4.1" });
    await expect(attempt).rejects.toThrow(
      /SDK session authentication failed: Failed to fetch Copilot user info: 401 .*Bad credentials/,
    );
  });

  it("lists models and quota for a token without a session", async () => {
    const { models } = await client.rpc.models.list({ gitHubToken: token });
    const ids = models.map((model) => model.id);
    expect(ids).toEqual(expect.arrayContaining(["auto", "gpt-5.4", "gpt-5.3-codex", "claude-sonnet-4.6"]));
    const { quotaSnapshots } = await client.rpc.account.getQuota({ gitHubToken: token });
    expect(quotaSnapshots.premium_interactions).toMatchObject({ entitlementRequests: 300, usedRequests: 12 });
  });

  it("lists the models of an account billed in credits", async () => {
    const { models } = await client.rpc.models.list({ gitHubToken: "gho_carol0123456789" });
    expect(models.map((model) => model.id)).toContain("claude-opus-4.7");
  });

  it.each([
    ["gpt-4.1", { type: "openai", wireApi: "completions" }, "/chat/completions"],
    ["gpt-5.3-codex", { type: "openai", wireApi: "responses" }, "/responses"],
    ["claude-sonnet-4.6", { type: "anthropic" }, "/v1/messages"],
  ])("hands out an endpoint for %s whose headers the data plane accepts", async (model, shape, path) => {
    const session = await client.createSession({ gitHubToken: token, availableTools: [], model });
    const endpoint = await session.rpc.provider.getEndpoint({ modelId: model });
    expect(endpoint).toMatchObject({ ...shape, baseUrl: simulator.url });
    const messages = [{ role: "user", content: "ping" }];
    const response = await fetch(`${endpoint.baseUrl}${path}`, {
      method: "POST",
      headers: { ...endpoint.headers, "content-type": "application/json" },
      body: JSON.stringify({ model, ...(path === "/responses" ? { input: messages } : { messages, max_tokens: 100 }) }),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Echo: ping");
    await session.disconnect();
  });

  it("answers a prompt that the runtime sends by itself", async () => {
    const session = await client.createSession({ gitHubToken: token, availableTools: [], model: "gpt-4.1" });
    const reply = await session.sendAndWait({ prompt: "sim: text hello from the simulator" });
    expect(reply?.data.content).toContain("hello from the simulator");
    await session.disconnect();
  });

  it("runs for a GitHub App installation whose token comes from the environment", async () => {
    simulator.addAccount({ token: "ghs_installation0123", login: "octo-installation" });
    const home = await mkdtemp(join(tmpdir(), "simulator-sdk-"));
    const installationClient = new CopilotClient({
      mode: "empty",
      baseDirectory: home,
      env: { ...runtimeEnvironment(simulator, home), COPILOT_GITHUB_TOKEN: "ghs_installation0123" },
    });
    const session = await installationClient.createSession({ availableTools: [], model: "gpt-5.4" });
    expect(await session.rpc.gitHubAuth.getStatus()).toMatchObject({ isAuthenticated: true, authType: "env" });
    const endpoint = await session.rpc.provider.getEndpoint({ modelId: "gpt-5.4" });
    expect(endpoint.apiKey).toBe("ghs_installation0123");
    await installationClient.stop();
    await rm(home, { recursive: true, force: true });
  });
});

function runtimeEnvironment(simulator: Simulator, home: string): Record<string, string> {
  return {
    COPILOT_API_URL: simulator.url,
    COPILOT_DEBUG_GITHUB_API_URL: simulator.url,
    COPILOT_ALLOW_GET_PROVIDER_ENDPOINT: "true",
    PATH: process.env.PATH ?? "",
    HOME: home,
  };
}
