import type { UpstreamFailure, UpstreamFailureKind } from "@copilot-llm/model";
import { parseErrorBody } from "./parse-error-body.js";
import { parseRetryAfter } from "./parse-retry-after.js";

/** Every condition that a rule names must hold. */
interface FailureRule {
  readonly statuses?: readonly number[];
  readonly codes?: readonly string[];
  readonly message?: RegExp;
  readonly kind: UpstreamFailureKind;
}

/**
 * The first rule that fits decides (docs/copilot-service.md#error-codes). Codes go before statuses: the same code
 * arrives with several.
 */
const failureRules: readonly FailureRule[] = [
  {
    codes: ["quota_exceeded", "free_quota_exceeded", "overage_limit_reached", "billing_not_configured"],
    kind: "quota_exhausted",
  },
  { codes: ["user_model_rate_limited"], kind: "model_rate_limited" },
  {
    codes: ["user_global_rate_limited", "user_weekly_rate_limited", "agent_mode_limit_exceeded", "rate_limited"],
    kind: "account_rate_limited",
  },
  {
    codes: [
      "integration_rate_limited",
      "upstream_provider_rate_limit",
      "model_overloaded",
      "overloaded_error",
      "extension_blocked",
    ],
    kind: "shared_rate_limited",
  },
  { statuses: [401], kind: "unauthorized" },
  { statuses: [402], kind: "quota_exhausted" },
  // About this model or this content, not about the account as a whole.
  { statuses: [403], codes: ["model_not_supported", "invalid_request_body", "cyber_policy"], kind: "rejected" },
  { statuses: [403], message: /\bmodel\b|\bcontent (filter|policy|management)/i, kind: "rejected" },
  { statuses: [403], kind: "forbidden" },
  { statuses: [429], kind: "account_rate_limited" },
  { statuses: [503, 529], kind: "shared_rate_limited" },
  { statuses: [466], kind: "client_outdated" },
  { statuses: [400], codes: ["invalid_encrypted_content"], kind: "invalid_signature" },
  // Refused reasoning is known by its words: the codes beside them are those of any bad request.
  { statuses: [400], message: /invalid\W+signature\W+in\W+thinking/i, kind: "invalid_signature" },
  { statuses: [400], message: /invalid\W+data\W+in\W+redacted_thinking/i, kind: "invalid_signature" },
  { statuses: [400], message: /thinking\W+blocks?\b.*cannot be modified/i, kind: "invalid_signature" },
  {
    statuses: [400],
    message: /encrypted(?: [a-z]+){0,3} content\b.*could not be (?:verified|decrypted|decoded|parsed)/i,
    kind: "invalid_signature",
  },
  { statuses: [408, 499], kind: "unreachable" },
  { statuses: [421], kind: "misdirected" },
];

/**
 * What a refusal means for the pool. `headers` have lower-case names; `retry-after` counts from `nowMs`.
 * The message is the service's own where it is fit for a client, else one plain sentence.
 */
export function classifyFailure(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  nowMs: number,
): UpstreamFailure {
  const { code, message } = parseErrorBody(body);
  const rule = failureRules.find(
    (candidate) =>
      (candidate.statuses?.includes(status) ?? true) &&
      (candidate.codes === undefined || (code !== null && candidate.codes.includes(code))) &&
      (candidate.message?.test(message ?? "") ?? true),
  );
  const advice = headers["x-should-retry"];
  const shouldRetry = advice === "true" || advice === "false" ? { shouldRetry: advice === "true" } : {};
  return {
    kind: rule?.kind ?? (status >= 400 && status < 500 ? "rejected" : "unreachable"),
    retryAfterMs: parseRetryAfter(headers["retry-after"], nowMs),
    error: {
      status,
      code,
      message: message ?? `GitHub Copilot answered with status ${status} and no explanation.`,
      ...shouldRetry,
    },
  };
}
