import { describe, expect, it } from "vitest";
import { encodeAnthropicSnippet, encodeClaudeCodeSnippet, encodeCurlSnippet, encodeOpenaiSnippet } from "./snippets";

const input = {
  origin: "https://gateway.example",
  key: "clp_test",
  modelIds: ["text-embedding-3-small", "gpt-5-mini", "claude-sonnet-4.6"],
};

describe("snippets", () => {
  it("carry the origin and the key", () => {
    expect(encodeCurlSnippet(input)).toContain("https://gateway.example/openai/v1/chat/completions");
    expect(encodeCurlSnippet(input)).toContain("Bearer clp_test");
    expect(encodeOpenaiSnippet(input)).toContain('base_url="https://gateway.example/openai/v1", api_key="clp_test"');
    expect(encodeAnthropicSnippet(input)).toContain('base_url="https://gateway.example/anthropic", api_key="clp_test"');
    expect(encodeClaudeCodeSnippet(input)).toContain('ANTHROPIC_BASE_URL="https://gateway.example/anthropic"');
  });

  it("use a model that can chat, and a Claude for Anthropic's clients", () => {
    expect(encodeCurlSnippet(input)).toContain('"model":"gpt-5-mini"');
    expect(encodeAnthropicSnippet(input)).toContain('model="claude-sonnet-4.6"');
  });

  it("leave a name to fill in while no model is known", () => {
    expect(encodeOpenaiSnippet({ ...input, modelIds: [] })).toContain('model="MODEL_ID"');
  });
});
