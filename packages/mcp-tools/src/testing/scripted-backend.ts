import type { ChatAnswer, ChatRequest } from "../chat/chat-request.js";
import type { ChatOptions, McpBackend } from "../mcp-backend.js";
import type { Model } from "../models/model-schema.js";
import type { Quota } from "../quota/quota-schema.js";

export const sampleQuota: Quota = {
  pool: {
    accounts: 1,
    active: 1,
    buckets: [
      {
        bucket: "premium_interactions",
        unlimited: false,
        entitlement: 300,
        remaining: 259,
        overage_permitted: false,
        resets_at: "2026-12-01T00:00:00.000Z",
      },
    ],
  },
  accounts: [],
  key: null,
};

export function sampleModel(facts: Partial<Model> & Pick<Model, "id">): Model {
  return {
    name: facts.id,
    vendor: "openai",
    type: "chat",
    is_premium: false,
    billing_multiplier: 0,
    token_prices: null,
    context_window: 128_000,
    max_output_tokens: 16_000,
    vision: false,
    tool_calls: true,
    reasoning_efforts: [],
    supported_endpoints: [],
    ...facts,
  };
}

export function sampleAnswer(text: string, more: Partial<ChatAnswer> = {}): ChatAnswer {
  const tokens = { inputTokens: 3, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return {
    model: "free",
    text,
    finishReason: "stop",
    usage: { tokens, nanoAiu: 5e8 },
    requestId: "req_1",
    ...more,
  };
}

/** A backend that answers as the test says and remembers what it was asked. */
export class ScriptedBackend implements McpBackend {
  readonly requests: ChatRequest[] = [];
  models: readonly Model[] = [
    sampleModel({ id: "dear", is_premium: true, billing_multiplier: 1, context_window: 1_000_000 }),
    sampleModel({ id: "free" }),
  ];
  answer: (request: ChatRequest, options: ChatOptions) => Promise<ChatAnswer> = async ({ turns }, { onText }) => {
    const text = `Echo: ${turns.at(-1)?.text}`;
    onText(text);
    return sampleAnswer(text);
  };
  readQuota: () => Promise<Quota> = async () => sampleQuota;

  chat(request: ChatRequest, options: ChatOptions): Promise<ChatAnswer> {
    this.requests.push(request);
    return this.answer(request, options);
  }

  async listModels(): Promise<readonly Model[]> {
    return this.models;
  }

  quota(): Promise<Quota> {
    return this.readQuota();
  }
}
