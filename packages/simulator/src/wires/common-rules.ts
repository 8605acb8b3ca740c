import { isInPlan, policyOf } from "../catalogue/render-catalogue.js";
import { createServiceError } from "./refusal.js";
import type { RequestRule } from "./request-rule.js";

/** The model exists but the account's plan leaves it out: to the service it does not exist. */
const planExcludesModel: RequestRule = {
  name: "plan-excludes-model",
  check: ({ model, account }) => (isInPlan(model, account) ? undefined : modelNotSupported()),
};

const policyDisabled: RequestRule = {
  name: "policy-disabled",
  check: ({ model, account }) =>
    policyOf(model, account) === "enabled"
      ? undefined
      : createServiceError(403, `Access to ${model.id} is not enabled by policy.`, "model_policy_disabled"),
};

const visionHeaderMissing: RequestRule = {
  name: "vision-header-missing",
  check: ({ request, header }) =>
    request.hasImage && header("copilot-vision-request") !== "true"
      ? createServiceError(400, "missing required Copilot-Vision-Request header for vision requests", "")
      : undefined,
};

const visionUnsupported: RequestRule = {
  name: "vision-unsupported",
  check: ({ request, model }) =>
    request.hasImage && !model.vision
      ? createServiceError(400, "vision is not supported for this model", "invalid_request_body")
      : undefined,
};

const promptTooLong: RequestRule = {
  name: "prompt-too-long",
  check: ({ request, model }) => {
    const tokens = request.segments.reduce((sum, segment) => sum + segment.tokens, 0);
    const message = `prompt token count of ${tokens} exceeds the limit of ${model.maxPromptTokens}`;
    return tokens > model.maxPromptTokens
      ? createServiceError(400, message, "model_max_prompt_tokens_exceeded")
      : undefined;
  },
};

/** Effort under the name that the wire gives it. `none` is always allowed. */
const effortUnsupported: RequestRule = {
  name: "effort-unsupported",
  check: ({ request, model }) => {
    const { effort } = request;
    const known = model.reasoningEfforts;
    if (effort === undefined || effort === "none" || known.length === 0 || known.includes(effort)) return undefined;
    const field = { chat: "reasoning_effort", responses: "reasoning.effort", messages: "output_config.effort" };
    const message = `${field[request.wire]} "${effort}" is not supported by model ${model.id}; supported values: [${known.join(" ")}]`;
    return createServiceError(400, message, "invalid_reasoning_effort");
  },
};

/** Rules of every conversation endpoint, checked before the wire's own. */
export const commonRules: readonly RequestRule[] = [
  planExcludesModel,
  policyDisabled,
  visionHeaderMissing,
  visionUnsupported,
  promptTooLong,
  effortUnsupported,
];

/** The refusal of a model that does not exist, or not for this account. */
export function modelNotSupported(): ReturnType<typeof createServiceError> {
  return createServiceError(400, "The requested model is not supported.", "model_not_supported", {
    param: "model",
    type: "invalid_request_error",
  });
}
