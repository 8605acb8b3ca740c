import type { UpstreamFailureKind } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { classifyFailure } from "./classify-failure.js";

const nowMs = Date.parse("2026-05-01T12:00:00Z");
const coded = (code: string, message = "words of the service") => JSON.stringify({ error: { message, code } });
const classify = (status: number, body: string, headers: Record<string, string> = {}) =>
  classifyFailure(status, headers, body, nowMs);

describe("the kind of a failure", () => {
  it.each<[status: number, body: string, kind: UpstreamFailureKind]>([
    [400, coded("model_max_prompt_tokens_exceeded"), "rejected"],
    [400, coded("model_not_supported"), "rejected"],
    [400, coded("unsupported_api_for_model"), "rejected"],
    [400, coded("invalid_request_body"), "rejected"],
    [400, coded("", "missing required Copilot-Vision-Request header for vision requests"), "rejected"],
    [400, "bad request: missing Editor-Version header for IDE auth\n", "rejected"],
    [
      400,
      coded("invalid_request_body", "messages.1.content.0: Invalid signature in thinking block"),
      "invalid_signature",
    ],
    [400, coded("", "messages.1.content.0: Invalid `signature` in `thinking` block"), "invalid_signature"],
    [400, coded("invalid_encrypted_content", "The encrypted content could not be verified."), "invalid_signature"],
    ...["bad_request", "invalid_request_error", "invalid_request_body"].map(
      (code): [number, string, UpstreamFailureKind] => [
        400,
        coded(
          code,
          "The encrypted content gAAA...wxyz could not be verified. Reason: Encrypted content could not be decrypted or parsed.",
        ),
        "invalid_signature",
      ],
    ),
    [400, "The encrypted content gAAA...wxyz could not be verified.", "invalid_signature"],
    [
      400,
      coded("invalid_request_body", "Encrypted function output content could not be decrypted or decoded."),
      "invalid_signature",
    ],
    [
      400,
      '{"message":"messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified."}',
      "invalid_signature",
    ],
    [400, coded("", "messages.1.content.0: Invalid `data` in `redacted_thinking` block"), "invalid_signature"],
    [400, coded("", "temperature cannot be modified while thinking"), "rejected"],
    [421, "Misdirected Request", "misdirected"],
    [400, '{"message":"cache_control: Extra inputs are not permitted"}', "rejected"],
    [400, '{"type":"error","error":{"type":"invalid_request_error","message":"no"},"request_id":"req_1"}', "rejected"],
    [400, "Bad Request\n", "rejected"],
    [401, "unauthorized: token expired\n", "unauthorized"],
    [401, '{"message":"Bad credentials"}', "unauthorized"],
    [402, coded("quota_exceeded"), "quota_exhausted"],
    [402, coded("free_quota_exceeded"), "quota_exhausted"],
    [402, coded("overage_limit_reached"), "quota_exhausted"],
    [402, coded("billing_not_configured"), "quota_exhausted"],
    [402, "", "quota_exhausted"],
    [429, coded("quota_exceeded"), "quota_exhausted"],
    [403, '{"message":"Resource not accessible by integration"}', "forbidden"],
    [403, coded("feature_flag_blocked", "Feature is not enabled for this user."), "forbidden"],
    [403, coded("model_policy_disabled", "Access to this model is disabled by policy."), "rejected"],
    [404, "404 page not found\n", "rejected"],
    [408, "", "unreachable"],
    [413, "failed to parse request: request entity too large", "rejected"],
    [422, coded("content_filter"), "rejected"],
    [424, coded("failed_dependency"), "rejected"],
    [429, coded("rate_limited"), "account_rate_limited"],
    [429, coded("user_global_rate_limited"), "account_rate_limited"],
    [429, coded("user_weekly_rate_limited"), "account_rate_limited"],
    [429, coded("agent_mode_limit_exceeded"), "account_rate_limited"],
    [429, '{"error":{"message":"x","type":"user_model_rate_limited"}}', "model_rate_limited"],
    [429, coded("user_model_rate_limited"), "model_rate_limited"],
    [429, coded("integration_rate_limited"), "shared_rate_limited"],
    [429, coded("upstream_provider_rate_limit"), "shared_rate_limited"],
    [429, coded("model_overloaded"), "shared_rate_limited"],
    [429, coded("extension_blocked"), "shared_rate_limited"],
    [429, "rate limit exceeded\n", "account_rate_limited"],
    [466, "bad request: the specified API version is no longer supported", "client_outdated"],
    [499, "client cancelled request", "unreachable"],
    [500, "<html><body>oops</body></html>", "unreachable"],
    [502, "bad gateway", "unreachable"],
    [503, "<html>", "shared_rate_limited"],
    [503, coded("upstream_provider_rate_limit"), "shared_rate_limited"],
    [504, "", "unreachable"],
    [529, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', "shared_rate_limited"],
    [302, "", "unreachable"],
  ])("%i %s is %s", (status, body, kind) => {
    expect(classify(status, body).kind).toBe(kind);
  });
});

describe("the words of a failure", () => {
  it.each<[body: string, code: string | null, message: string]>([
    [coded("quota_exceeded", "You have no quota"), "quota_exceeded", "You have no quota"],
    ['{"error":{"code":1302,"message":"busy"}}', "1302", "busy"],
    ['{"error":{"code":"","message":"plain"}}', null, "plain"],
    ['{"type":"error","error":{"type":"invalid_request_error","message":"no"}}', "invalid_request_error", "no"],
    [
      '{"message":"The maximum tokens you requested exceeds the model limit"}',
      null,
      "The maximum tokens you requested exceeds the model limit",
    ],
    ['{"error":"Not found"}', null, "Not found"],
    [
      '{"error_details":{"message":"No access","notification_id":"no_copilot_access"},"message":"x"}',
      "no_copilot_access",
      "No access",
    ],
    ["rate limit exceeded\n", null, "rate limit exceeded"],
    ["line one\r\n\tline two\u0000", null, "line one line two"],
  ])("come from %s", (body, code, message) => {
    expect(classify(400, body).error).toEqual({ status: 400, code, message });
  });

  it.each(["<!DOCTYPE html><h1>Unicorn!</h1>", "", "{}", "[]", '{"error":{"message":17}}'])(
    "are one plain sentence for %j",
    (body) => {
      const { message } = classify(502, body).error;
      expect(message).toBe("GitHub Copilot answered with status 502 and no explanation.");
    },
  );

  it("are cut when they are long", () => {
    expect(classify(400, "x".repeat(70_000)).error.message).toHaveLength(2000);
  });
});

it("passes on whether the service wants another try", () => {
  const advice = (value: string) => classify(503, "", { "x-should-retry": value }).error.shouldRetry;
  expect([advice("true"), advice("false"), advice("maybe")]).toEqual([true, false, undefined]);
});

it("passes the wait on that the service asked for", () => {
  const wait = (value: string) => classify(429, coded("rate_limited"), { "retry-after": value }).retryAfterMs;
  expect([wait("30"), wait("Fri, 01 May 2026 12:01:00 GMT"), wait("later")]).toEqual([30_000, 60_000, null]);
});
