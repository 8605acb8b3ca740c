import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { githubTokenOf } from "../testing/serving.ts";
import { mcpProgram } from "./connect-stdio.ts";

const inspector = path.resolve(createRequire(import.meta.url).resolve("@modelcontextprotocol/inspector-cli"));

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
});
afterAll(() => simulator.close());

/** Runs the Inspector's command line over the stdio server. */
function inspect(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  const settings = [
    `GITHUB_TOKEN=${githubTokenOf("alice")}`,
    `COPILOT_API_URL=${simulator.url}`,
    `GITHUB_API_URL=${simulator.url}`,
  ].flatMap((setting) => ["-e", setting]);
  return new Promise((resolve) => {
    execFile(process.execPath, [inspector, "--cli", "node", mcpProgram, ...settings, ...args], (error, stdout) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout });
    });
  });
}

describe("the MCP Inspector's command line", () => {
  it("lists tools, resources and prompts", async () => {
    const lists = await Promise.all(
      ["tools", "resources", "prompts"].map((kind) => inspect("--method", `${kind}/list`)),
    );
    expect(lists.map(({ stdout }) => JSON.parse(stdout) as unknown)).toMatchObject([
      { tools: [{ name: "chat" }, { name: "list_models" }, { name: "get_quota" }] },
      { resources: [{ uri: "models://catalog" }, { uri: "quota://pool" }] },
      { prompts: [{ name: "second-opinion" }, { name: "compare-models" }] },
    ]);
  });

  it("calls a tool", async () => {
    const args = ["message=hi", "max_tokens=100"].flatMap((arg) => ["--tool-arg", arg]);
    const { stdout } = await inspect("--method", "tools/call", "--tool-name", "chat", ...args);
    expect(JSON.parse(stdout)).toMatchObject({
      content: [{ text: "Echo: hi" }, {}],
      structuredContent: { text: "Echo: hi" },
    });
  });

  it("shows what is wrong with a call", async () => {
    const { stdout } = await inspect("--method", "tools/call", "--tool-name", "chat", "--tool-arg", "massage=hi");
    expect(JSON.parse(stdout)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("message must be a string") }],
    });
    expect((await inspect("--method", "resources/read", "--uri", "nope://x")).code).toBe(1);
  });

  it("reads a resource and gets a prompt", async () => {
    const { stdout } = await inspect("--method", "resources/read", "--uri", "models://catalog");
    expect(stdout).toContain("gpt-5-mini");
    const prompt = await inspect(
      "--method",
      "prompts/get",
      "--prompt-name",
      "second-opinion",
      "--prompt-args",
      "question=Why?",
    );
    expect(prompt.stdout).toContain("Why?");
  });
});
