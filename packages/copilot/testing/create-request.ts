import type { UpstreamRequest } from "../src/upstream.js";

/** A chat request whose user message is `text`; everything may be overridden. */
export function createRequest(text: string, overrides: Partial<UpstreamRequest> = {}): UpstreamRequest {
  const modelId = overrides.modelId ?? "gpt-4o";
  const body = { model: modelId, stream: true, max_tokens: 1000, messages: [{ role: "user", content: text }] };
  return {
    path: "/chat/completions",
    modelId,
    body: Buffer.from(JSON.stringify(body)),
    headers: {},
    initiator: "user",
    hasImages: false,
    interactionId: null,
    signal: new AbortController().signal,
    ...overrides,
  };
}
