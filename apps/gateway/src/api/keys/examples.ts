import { byBudgetCount, byLimitName } from "@copilot-llm/quota";
import type {
  ApiKeyList,
  ApiKeyView,
  CreateApiKeyBody,
  CreatedApiKey,
  KeyAllowance,
  TestApiKeyBody,
  UpdateApiKeyBody,
} from "./schemas.js";

export const keyAllowanceExample: KeyAllowance = {
  allowed_models: ["gpt-5*", "claude-*"],
  ...byLimitName(({ example }) => example),
  limit_period: "month",
  recording: null,
};

export const apiKeyView: ApiKeyView = {
  ...keyAllowanceExample,
  id: "key_01KB6M3T7Z8W2Q4R",
  alias: "laptop",
  key_preview: "clp_7Fk2mQ9x",
  enabled: true,
  note: "Ada's own machine",
  created_at: "2026-05-01T08:00:00.000Z",
  created_by: "ada",
  expires_at: null,
  github_token_ids: null,
  team_id: null,
  last_client: "claude-cli/2.1.4 (external, cli)",
  ...byBudgetCount(() => 96),
  last_used_at: "2026-05-10T09:30:00.000Z",
  seat_token_id: null,
  previous_value_until: null,
  state: "active",
  limited_by: null,
  resets_at: null,
};

export const apiKeyList: ApiKeyList = { keys: [apiKeyView], total: 1, next_cursor: null };

export const createApiKeyBody: CreateApiKeyBody = {
  alias: "laptop",
  allowed_models: ["gpt-5*", "claude-*"],
  ...byLimitName(({ example }) => example),
  limit_period: "month",
};

export const createdApiKey: CreatedApiKey = {
  ...apiKeyView,
  last_client: null,
  ...byBudgetCount(() => 0),
  last_used_at: null,
  key: "clp_7Fk2mQ9xT4vB8nC1dL6pR3sW5yZ0aE2gH9jK4uXq",
};

export const updateApiKeyBody: UpdateApiKeyBody = { limit_period: "day", note: "Ada's own machine" };

export const testApiKeyBody: TestApiKeyBody = { protocol: "openai-chat", model: "gpt-5-mini", stream: false };

export const testAnswer = {
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "gpt-5-mini",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello!" } }],
  usage: { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 },
};

export const testStream =
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hello!"},"finish_reason":null}]}\n\ndata: [DONE]\n\n';
