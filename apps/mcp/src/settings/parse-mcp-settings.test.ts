import { describe, expect, it } from "vitest";
import { parseMcpSettings } from "./parse-mcp-settings.js";

describe("MCP settings", () => {
  it("have defaults, and an empty value counts as unset", () => {
    expect(parseMcpSettings({ GITHUB_TOKEN: "", COPILOT_LLM_URL: " " })).toEqual({
      gatewayUrl: null,
      gatewayKey: null,
      githubToken: null,
      defaultModel: null,
      dataDir: null,
      logLevel: "warn",
      copilotApiUrl: undefined,
      githubApiUrl: undefined,
      httpsProxy: undefined,
      noProxy: undefined,
      extraCaCertsFile: undefined,
    });
  });

  it.each([
    "http://127.0.0.1:8000",
    "http://127.0.0.1:8000/",
    "http://127.0.0.1:8000/v1",
    "http://127.0.0.1:8000/openai/v1/",
    "http://127.0.0.1:8000/anthropic",
    "http://127.0.0.1:8000/mcp",
  ])("find the gateway in %s", (url) => {
    expect(parseMcpSettings({ COPILOT_LLM_URL: url }).gatewayUrl).toBe("http://127.0.0.1:8000");
  });

  it("show no secret", () => {
    const settings = parseMcpSettings({ GITHUB_TOKEN: "github_pat_1", COPILOT_LLM_KEY: "clp_1" });
    expect(JSON.stringify(settings)).not.toMatch(/github_pat_1|clp_1/);
    expect(settings.githubToken?.reveal()).toBe("github_pat_1");
  });

  it.each([
    [{ COPILOT_LLM_URL: "localhost:8000" }, 'COPILOT_LLM_URL="localhost:8000" is not allowed: give an http'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL="loud" is not allowed: give one of debug, info, warn, error, silent'],
  ])("name what cannot be used: %j", (environment, message) => {
    expect(() => parseMcpSettings(environment)).toThrow(message);
  });
});
