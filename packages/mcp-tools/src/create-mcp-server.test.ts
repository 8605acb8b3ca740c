import { GatewayError } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { connectClient } from "./testing/connect-client.js";
import { ScriptedBackend, sampleModel, sampleQuota } from "./testing/scripted-backend.js";

describe("the MCP server", () => {
  it("introduces itself", async () => {
    const { client } = await connectClient(new ScriptedBackend());
    expect(client.getServerVersion()).toMatchObject({ name: "copilot-llm", version: "1.2.3" });
    expect(client.getInstructions()).toContain("list_models");
    expect(client.getServerCapabilities()).toMatchObject({ tools: {}, resources: {}, prompts: {}, completions: {} });
  });

  it("lists its tools with titles, annotations and both schemas", async () => {
    const { client } = await connectClient(new ScriptedBackend());
    const { tools } = await client.listTools();
    expect(tools.map(({ name, title }) => [name, title])).toEqual([
      ["chat", "Ask a Copilot model"],
      ["list_models", "List Copilot models"],
      ["get_quota", "Show Copilot quota"],
    ]);
    for (const tool of tools) {
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: true });
      expect(tool.inputSchema).toMatchObject({ type: "object", additionalProperties: false });
      expect(tool.outputSchema).toMatchObject({ type: "object" });
    }
    expect(tools[0]?.inputSchema.required).toEqual(["message"]);
    expect(Object.keys(tools[0]?.inputSchema.properties ?? {}).sort()).toEqual([
      "conversation_id",
      "images",
      "max_tokens",
      "message",
      "model",
      "system",
      "temperature",
    ]);
  });

  it("lists models as text and as data, and says which is the default", async () => {
    const { client } = await connectClient(new ScriptedBackend());
    const result = await client.callTool({ name: "list_models", arguments: {} });
    expect(result.content).toEqual([
      {
        type: "text",
        text: "dear: dear, openai; 1 premium requests per message; 1000000 tokens of context\nfree (default): free, openai; included; 128000 tokens of context",
      },
    ]);
    expect(result.structuredContent).toMatchObject({ default_model: "free", models: [{ id: "dear" }, { id: "free" }] });
  });

  it("shows quota as text and as data", async () => {
    const { client } = await connectClient(new ScriptedBackend());
    const result = await client.callTool({ name: "get_quota", arguments: {} });
    expect(result.structuredContent).toEqual(sampleQuota);
    expect(result.content).toEqual([
      {
        type: "text",
        text: "1 of 1 Copilot account can serve now.\npremium_interactions: 259 of 300 left, resets 2026-12-01T00:00:00.000Z",
      },
    ]);
  });

  it("tells why quota cannot be read", async () => {
    const backend = new ScriptedBackend();
    backend.readQuota = () => Promise.reject(new GatewayError("unauthenticated", "Set GITHUB_TOKEN."));
    const { client } = await connectClient(backend);
    expect(await client.callTool({ name: "get_quota", arguments: {} })).toEqual({
      content: [{ type: "text", text: "Set GITHUB_TOKEN." }],
      isError: true,
    });
    await expect(client.readResource({ uri: "quota://pool" })).rejects.toThrow("Set GITHUB_TOKEN.");
  });

  it("answers a tool it does not have with an error result", async () => {
    const { client } = await connectClient(new ScriptedBackend());
    expect(await client.callTool({ name: "nope", arguments: {} })).toMatchObject({ isError: true });
  });

  it("offers catalogue and quota as resources", async () => {
    const { client } = await connectClient(new ScriptedBackend());
    const { resources } = await client.listResources();
    expect(resources.map(({ uri, mimeType }) => [uri, mimeType])).toEqual([
      ["models://catalog", "application/json"],
      ["quota://pool", "application/json"],
    ]);
    const read = async (uri: string) => {
      const [content] = (await client.readResource({ uri })).contents;
      return JSON.parse(content !== undefined && "text" in content ? content.text : "null") as unknown;
    };
    expect(await read("models://catalog")).toMatchObject({ models: [{ id: "dear" }, { id: "free" }] });
    expect(await read("quota://pool")).toEqual(sampleQuota);
  });

  it("offers prompts, and completes model names", async () => {
    const backend = new ScriptedBackend();
    backend.models = ["gpt-5", "gpt-4.1", "claude"].map((id) => sampleModel({ id }));
    const { client } = await connectClient(backend);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(["second-opinion", "compare-models"]);
    const opinion = await client.getPrompt({
      name: "second-opinion",
      arguments: { question: "Is it?", model: "gpt-5" },
    });
    expect(opinion.messages[0]?.content).toMatchObject({ text: expect.stringContaining("Ask the model gpt-5") });
    const compared = await client.getPrompt({ name: "compare-models", arguments: { question: "Is it?" } });
    expect(compared.messages[0]?.content).toMatchObject({ text: expect.stringMatching(/three models.*Is it\?$/s) });
    const { completion } = await client.complete({
      ref: { type: "ref/prompt", name: "second-opinion" },
      argument: { name: "model", value: "gpt" },
    });
    expect(completion.values).toEqual(["gpt-5", "gpt-4.1"]);
  });
});
