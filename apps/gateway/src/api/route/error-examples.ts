import type { ErrorCode } from "@copilot-llm/model";

export const exampleRequestId = "req_01KB6M3T7Z8W2Q4R6S8V0X1Y2Z";

/** For the API document: what a refusal with each code may say. */
export const errorExamples: Readonly<Record<ErrorCode, string>> = {
  invalid_request: "`alias` must not be empty.",
  unauthenticated: "Sign in to the console first.",
  permission_denied: "Only an admin may do this.",
  model_not_found: "There is no model `gpt-5-mni` here. Did you mean gpt-5-mini?",
  not_found: "There is no API key with this id.",
  method_not_allowed: "GET is not allowed here; use POST.",
  conflict: 'There is an API key with the alias "laptop" already.',
  request_too_large: "The request's body is larger than 32 MiB.",
  unsupported_encoding: "Send the body as JSON, with `content-type: application/json`.",
  request_timeout: "The request's body stopped coming. Send it again.",
  limit_exceeded: "This key may make 60 requests a minute. Try again in 12 seconds.",
  budget_exhausted:
    "This key's budget of 200 premium requests a month is used up. It resets at 2026-06-01T00:00:00.000Z.",
  no_token_available: "Every GitHub token that could serve is resting. Try again in 30 seconds.",
  quota_exceeded: "The premium quota of every GitHub token that could serve is used up.",
  upstream_rejected: "GitHub Copilot refused the request: max_tokens is too large.",
  upstream_rate_limited: "GitHub Copilot limits this integration's requests now.",
  upstream_error: "GitHub Copilot failed to answer.",
  upstream_timeout: "GitHub Copilot did not answer in time.",
  unavailable: "The gateway's store cannot be reached now.",
  client_closed: "The client hung up.",
  internal: "The gateway failed to handle this request.",
};
