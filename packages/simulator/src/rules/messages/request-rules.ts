import { numberOf, objectsOf } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";

const acceptedBetas = [
  /^interleaved-thinking-2025-05-14$/,
  /^context-management-2025-06-27$/,
  /^advanced-tool-use-2025-11-20$/,
  /^compact-2026-01-12$/,
  /^computer-use-/,
  /^fine-grained-tool-streaming-/,
  /^context-1m/,
];
const knownFields = new Set([
  "model",
  "max_tokens",
  "messages",
  "system",
  "stream",
  "temperature",
  "top_p",
  "top_k",
  "stop_sequences",
  "tools",
  "tool_choice",
  "thinking",
  "metadata",
  "output_config",
  "output_format",
  "context_management",
  "service_tier",
  "container",
]);
const maximumOutputTokens = 128_000;

/** Headers, fields and limits of `/v1/messages`. */
export const messagesRequestRules: readonly RuleRow[] = [
  {
    id: "unsupported-beta",
    refuses: "an `anthropic-beta` that it does not know",
    source: "captures of the service",
    check: ({ header }) => {
      const betas = (header("anthropic-beta") ?? "").split(",").map((beta) => beta.trim());
      const unknown = betas.filter((beta) => beta !== "" && !acceptedBetas.some((accepted) => accepted.test(beta)));
      return unknown.length === 0 ? undefined : { betas: unknown.join(", ") };
    },
    error: { status: 400, shape: "service", message: "unsupported beta header(s): {betas}" },
  },
  {
    id: "max-tokens-missing",
    refuses: "no `max_tokens`",
    source: "Anthropic's API",
    check: ({ body }) => (numberOf(body.max_tokens) === undefined ? found : undefined),
    error: { status: 400, shape: "anthropic", message: "max_tokens: Field required" },
  },
  {
    id: "messages-missing",
    refuses: "no message",
    source: "Anthropic's API",
    check: ({ body }) => (objectsOf(body.messages).length === 0 ? found : undefined),
    error: { status: 400, shape: "anthropic", message: "messages: at least one message is required" },
  },
  {
    id: "unknown-field",
    refuses: "a field that it does not know (`mcp_servers`, `cache_control` on top, `inference_geo`, …)",
    source: "captures of the service",
    check: ({ body }) => {
      const path = Object.keys(body).find((name) => !knownFields.has(name));
      return path === undefined ? undefined : { path };
    },
    error: { status: 400, shape: "backend", message: "{path}: Extra inputs are not permitted" },
  },
  {
    id: "unknown-role",
    refuses: "a role other than `user` and `assistant`",
    source: "Anthropic's API",
    check: ({ body }) => {
      const other = objectsOf(body.messages).find(({ role }) => role !== "user" && role !== "assistant");
      return other === undefined ? undefined : { role: String(other.role) };
    },
    error: {
      status: 400,
      shape: "anthropic",
      message: 'messages: Unexpected role "{role}". The Messages API accepts a top-level `system` parameter.',
    },
  },
  {
    id: "unknown-message-field",
    refuses: "a message with more than `role` and `content`",
    source: "captures of the service",
    check: ({ body }) => {
      for (const [index, message] of objectsOf(body.messages).entries()) {
        const field = Object.keys(message).find((name) => name !== "role" && name !== "content");
        if (field !== undefined) return { path: `messages.${index}.${field}` };
      }
      return undefined;
    },
    error: { status: 400, shape: "backend", message: "{path}: Extra inputs are not permitted" },
  },
  {
    id: "output-limit",
    refuses: "`max_tokens` over 128,000",
    source: "captures of the service",
    check: ({ body }) =>
      (numberOf(body.max_tokens) ?? 0) > maximumOutputTokens ? { limit: maximumOutputTokens } : undefined,
    error: {
      status: 400,
      shape: "bedrock",
      message: "The maximum tokens you requested exceeds the model limit of {limit}",
    },
  },
];
