import { describe, expect, it } from "vitest";
import { encodeCode, withPlaceholders } from "./encode-code";

const origin = "https://gateway.example";
const body = { model: "m", stream: true, stop: null, messages: [{ role: "user", content: 'It\'s "me"' }] };

describe("encodeCode", () => {
  it("writes a command line that quotes survive", () => {
    const code = encodeCode("curl", "messages", origin, body);
    expect(code).toContain(`${origin}/anthropic/v1/messages`);
    expect(code).toContain(`It'\\''s`);
    expect(code).toContain("$COPILOT_LLM_KEY");
  });

  it("writes Python's own words for its values", () => {
    const code = encodeCode("python", "chat", origin, body);
    expect(code).toContain("stream=True,");
    expect(code).toContain("stop=None,");
    expect(code).toContain(`"content": "It's \\"me\\"",`);
    expect(code).toContain(`base_url="${origin}/openai/v1"`);
  });

  it("writes TypeScript with the SDK of the API", () => {
    expect(encodeCode("typescript", "messages", origin, body)).toContain('from "@anthropic-ai/sdk"');
    expect(encodeCode("typescript", "responses", origin, body)).toContain("client.responses.create(");
  });
});

it("names pictures instead of spelling them out", () => {
  const data = "A".repeat(500);
  const readable = withPlaceholders({
    a: { url: `data:image/png;base64,${data}` },
    b: { data },
    text: data,
  });
  expect(readable).toEqual({ a: { url: "data:image/png;base64,…" }, b: { data: "…" }, text: data });
});
