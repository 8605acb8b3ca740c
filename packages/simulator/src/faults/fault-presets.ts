import {
  createAnthropicError,
  createBedrockError,
  createGitHubError,
  createHtmlError,
  createServiceError,
  createTextError,
} from "../wires/refusal.js";
import {
  breakStream,
  deliver,
  type FaultPreset,
  noQuota,
  rateLimited,
  respond,
  sealedReasoning,
  sealedReasoningText,
} from "./create-presets.js";

/** Every switchable fault, by name. The bodies are the service's own words where they are known. */
export const faultPresets = {
  // Malformed or unsupported requests
  "prompt-too-long": respond(
    createServiceError(
      400,
      "prompt token count of 74490 exceeds the limit of 72000",
      "model_max_prompt_tokens_exceeded",
    ),
  ),
  "model-not-supported": respond(
    createServiceError(400, "The requested model is not supported.", "model_not_supported", {
      param: "model",
      type: "invalid_request_error",
    }),
  ),
  "unsupported-api": respond(
    createServiceError(
      400,
      'model "gpt-5.4" is not accessible via the /chat/completions endpoint',
      "unsupported_api_for_model",
    ),
  ),
  "vision-header-missing": respond(
    createServiceError(400, "missing required Copilot-Vision-Request header for vision requests", "", {
      param: "",
      type: "",
    }),
  ),
  "editor-version-missing": respond(createTextError(400, "bad request: missing Editor-Version header for IDE auth\n")),
  "invalid-signature": respond(
    createServiceError(400, "messages.1.content.0: Invalid signature in thinking block", "invalid_request_body"),
  ),
  "cache-scope-service": respond(
    createServiceError(
      400,
      "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted",
      "invalid_request_body",
    ),
  ),
  "cache-scope-bedrock": respond(createBedrockError(400, "cache_control: Extra inputs are not permitted")),
  "cache-scope-anthropic": respond(
    createAnthropicError(400, "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted"),
  ),
  "previous-response-not-found": respond(
    createServiceError(400, "Previous response not found.", "previous_response_not_found"),
  ),
  "foreign-item-id": respond(
    createServiceError(400, "input item ID does not belong to this connection", "invalid_request_body"),
  ),
  "bad-request-text": respond(createTextError(400, "Bad Request\n")),
  "thinking-modified": respond(
    createBedrockError(
      400,
      "messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.",
    ),
  ),
  "redacted-thinking-invalid": respond(
    createServiceError(
      400,
      "messages.1.content.0: Invalid `data` in `redacted_thinking` block",
      "invalid_request_body",
    ),
  ),
  "sealed-reasoning-bad-request": respond(sealedReasoning("bad_request")),
  "sealed-reasoning-invalid-request-error": respond(sealedReasoning("invalid_request_error")),
  "sealed-reasoning-invalid-request-body": respond(sealedReasoning("invalid_request_body")),
  "sealed-reasoning-text": respond(createTextError(400, `${sealedReasoningText}\n`)),
  "sealed-output-undecodable": respond(
    createServiceError(
      400,
      "Encrypted function output content could not be decrypted or decoded.",
      "invalid_request_body",
    ),
  ),
  // Credentials and rights
  "bad-credentials": respond(createGitHubError(401, "Bad credentials"), "all"),
  "token-expired": respond(createTextError(401, "unauthorized: token expired\n")),
  "ide-token-expired": respond(createTextError(401, "IDE token expired: unauthorized: token expired\n")),
  "policy-forbidden": respond(
    createServiceError(403, "Access to this model is disabled by policy.", "model_policy_disabled"),
  ),
  "feature-forbidden": respond(
    createServiceError(403, "Feature is not enabled for this user.", "feature_flag_blocked"),
  ),
  "integration-forbidden": respond(createGitHubError(403, "Resource not accessible by integration")),
  "personal-token-forbidden": respond(
    createGitHubError(403, "Resource not accessible by personal access token"),
    "github",
  ),
  // Quota
  "quota-exceeded": noQuota("quota_exceeded"),
  "free-quota-exceeded": noQuota("free_quota_exceeded"),
  "overage-limit-reached": noQuota("overage_limit_reached"),
  "billing-not-configured": noQuota("billing_not_configured"),
  // Rate limits
  "rate-limited": rateLimited(
    "rate_limited",
    "Sorry, you have exceeded your Copilot token usage. Please review our Terms of Service.",
  ),
  "rate-limited-text": respond(createTextError(429, "rate limit exceeded\n")),
  "rate-limited-typed": respond(
    createServiceError(429, "Rate limited by the test harness.", "rate_limited", { type: "rate_limited" }),
  ),
  "user-model-rate-limited": rateLimited(
    "user_model_rate_limited",
    "Sorry, you have been rate-limited for this model. Please wait a moment before trying again.",
  ),
  "user-global-rate-limited": rateLimited(
    "user_global_rate_limited",
    "Sorry, you have been rate-limited. Please wait a moment before trying again.",
  ),
  "user-weekly-rate-limited": rateLimited(
    "user_weekly_rate_limited",
    "You have used your weekly limit. It resets at the start of the next week.",
  ),
  "integration-rate-limited": rateLimited(
    "integration_rate_limited",
    "This integration is being rate-limited. Please try again later.",
  ),
  "model-overloaded": rateLimited("model_overloaded", "The model is overloaded. Please try again later."),
  "agent-mode-limit-exceeded": rateLimited(
    "agent_mode_limit_exceeded",
    "You have exceeded the agent mode limit. Please try again later.",
  ),
  "upstream-provider-rate-limit": rateLimited(
    "upstream_provider_rate_limit",
    "The model provider is rate-limiting requests. Please try again later.",
  ),
  "extension-blocked": rateLimited("extension_blocked", "This extension has been blocked."),
  // Other refusals
  misdirected: respond(createTextError(421, "Misdirected Request\n")),
  "not-found": respond(createTextError(404, "404 page not found\n")),
  "payload-too-large": respond(createTextError(413, "failed to parse request: request entity too large\n")),
  "content-filtered": respond(createServiceError(422, "The response was filtered.", "content_filter")),
  "agent-dependency-failed": respond(createServiceError(424, "A dependency of the agent failed.", "failed_dependency")),
  "api-version-too-old": respond(
    createTextError(466, "bad request: the specified API version is no longer supported, please update your client\n"),
  ),
  "client-cancelled": respond(createTextError(499, "client cancelled request\n")),
  // Failures of the service
  "server-error": respond(createServiceError(500, "Internal server error", "internal_error")),
  "server-error-html": respond(createHtmlError(500, "Internal Server Error")),
  "bad-gateway": respond(createTextError(502, "bad gateway\n")),
  "bad-gateway-html": respond(createHtmlError(502, "Bad Gateway")),
  unavailable: respond(createServiceError(503, "The service is overloaded.", "service_unavailable")),
  "unavailable-html": respond(createHtmlError(503, "Service Unavailable")),
  "provider-unavailable": rateLimited("upstream_provider_rate_limit", "The model provider is unavailable.", 503),
  "gateway-timeout": respond(createTextError(504, "upstream request timeout\n")),
  custom: {
    plane: "inference",
    effect: ({ status = 500, contentType = "application/json", body = "{}" }) => ({
      kind: "respond",
      status,
      contentType,
      body,
    }),
  },
  // Connections
  "connection-reset": { plane: "inference", effect: () => ({ kind: "reset" }) },
  hang: { plane: "inference", effect: () => ({ kind: "hang" }) },
  "slow-first-byte": {
    plane: "inference",
    effect: ({ durationMs = 1000 }) => ({ kind: "delay", durationMs }),
  },
  // Answers that are no answers
  "garbage-json": respond({
    status: 200,
    contentType: "application/json; charset=utf-8",
    body: '{"id":"sim1","choices":[{"index":0,"message":{"role":"assistant","content":"hel',
  }),
  "html-page": respond(createHtmlError(200, "Sign in to the proxy")),
  // Right answers that arrive wrongly
  "slow-bytes": deliver(({ durationMs = 1000 }) => ({ kind: "slow-bytes", intervalMs: durationMs })),
  "answer-cut": deliver(() => ({ kind: "cut" })),
  "long-line": deliver(({ bytes = 100 * 1024 * 1024 }) => ({ kind: "long-line", bytes })),
  // Streams
  "stream-cut": breakStream("cut"),
  "stream-eof": breakStream("eof"),
  "stream-error": breakStream("error"),
  "stream-silence": breakStream("silence"),
  "stream-garbage": breakStream("garbage"),
} as const satisfies Record<string, FaultPreset>;

/** The name of a switchable fault. */
export type FaultName = keyof typeof faultPresets;
