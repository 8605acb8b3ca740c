import type { RequestRecord } from "@copilot-llm/model";

/** A streamed request that was served at the second try. */
export function sampleRecord(changes: Partial<RequestRecord> = {}): RequestRecord {
  return {
    id: "req_01JD0X0000000000000000000A",
    startedAtMs: Date.UTC(2026, 4, 10),
    keyId: "key_1",
    keyAlias: "laptop",
    tokenId: "tok_2",
    tokenAlias: "bob",
    clientIp: "127.0.0.1",
    userAgent: null,
    operation: "generate",
    protocol: "openai-chat",
    wire: "openai-chat",
    stream: true,
    modelAsked: "gpt-5-mini",
    modelUsed: "gpt-5-mini",
    initiator: "user",
    conversationId: "key_1:abc:1",
    attempts: [
      { tokenId: "tok_1", status: 429, failure: "account_rate_limited", durationMs: 80 },
      { tokenId: "tok_2", status: 200, failure: null, durationMs: 420 },
    ],
    outcome: "completed",
    status: 200,
    errorCode: null,
    timeToFirstTokenMs: 520,
    durationMs: 3_100,
    usage: { inputTokens: 1_200, outputTokens: 340, cacheReadTokens: 800, cacheWriteTokens: 0, reasoningTokens: 120 },
    premiumUnits: 1,
    nanoAiu: 2_500_000,
    recording: "full",
    ...changes,
  };
}
