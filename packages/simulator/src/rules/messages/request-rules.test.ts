import { describeRules } from "../../../testing/describe-rules.js";
import { messagesRequestRules } from "./request-rules.js";

const user = { role: "user", content: "x" };
const extra = (path: string) => `${path}: Extra inputs are not permitted`;

describeRules("/v1/messages", messagesRequestRules, {
  "unsupported-beta": {
    refused: {},
    refusedHeaders: { "anthropic-beta": "interleaved-thinking-2025-05-14,claude-code-20250219" },
    accepted: {},
    acceptedHeaders: { "anthropic-beta": "interleaved-thinking-2025-05-14,context-1m-2025-08-07" },
    says: "unsupported beta header(s): claude-code-20250219",
  },
  "max-tokens-missing": {
    refused: { max_tokens: undefined },
    accepted: { max_tokens: 1 },
    says: "max_tokens: Field required",
  },
  "messages-missing": {
    refused: { messages: [] },
    accepted: { messages: [user] },
    says: "messages: at least one message is required",
  },
  "unknown-field": [
    { refused: { mcp_servers: [] }, accepted: { metadata: { user_id: "u" } }, says: extra("mcp_servers") },
    { refused: { thread: { type: "create" } }, accepted: {}, says: extra("thread") },
    { refused: { cache_control: { type: "ephemeral" } }, accepted: {}, says: extra("cache_control") },
  ],
  "unknown-role": {
    refused: { messages: [user, { role: "system", content: "x" }] },
    accepted: { messages: [user], system: "x" },
    says: 'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter.',
  },
  "unknown-message-field": {
    refused: { messages: [user, { ...user, output_config: {} }] },
    accepted: { messages: [user, user] },
    says: extra("messages.1.output_config"),
  },
  "output-limit": {
    refused: { max_tokens: 128_001 },
    accepted: { max_tokens: 128_000 },
    says: "The maximum tokens you requested exceeds the model limit of 128000",
  },
});
