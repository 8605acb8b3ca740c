import { isInPlan, policyOf } from "../catalogue/render-catalogue.js";
import type { Finding } from "./finding.js";
import { found } from "./finding.js";
import { modelNotSupported } from "./model-not-supported.js";
import type { RuleInput, RuleRow } from "./rule-row.js";

/** Rules of every conversation endpoint, checked before the wire's own. */
export const conversationRules: readonly RuleRow[] = [
  {
    id: "plan-excludes-model",
    refuses: "a model whose `billing.restricted_to` leaves the account's plan out",
    source: "captures of the service",
    check: ({ model, account }) => (isInPlan(model, account) ? undefined : found),
    error: modelNotSupported,
  },
  {
    id: "policy-disabled",
    refuses: "a model whose policy is not `enabled` for the account",
    source: "ericc-ch/copilot-api#103",
    check: ({ model, account }) => (policyOf(model, account) === "enabled" ? undefined : { model: model.id }),
    error: {
      status: 403,
      shape: "service",
      message: "Access to {model} is not enabled by policy.",
      code: "model_policy_disabled",
    },
  },
  {
    id: "vision-header-missing",
    refuses: "an image without `Copilot-Vision-Request: true`",
    source: "ericc-ch/copilot-api#16",
    check: ({ request, header }) =>
      request.hasImage && header("copilot-vision-request") !== "true" ? found : undefined,
    error: {
      status: 400,
      shape: "service",
      message: "missing required Copilot-Vision-Request header for vision requests",
      code: "",
    },
  },
  {
    id: "vision-unsupported",
    refuses: "an image for a model that cannot see",
    source: "captures of the service",
    check: ({ request, model }) => (request.hasImage && !model.vision ? found : undefined),
    error: { status: 400, shape: "service", message: "vision is not supported for this model" },
  },
  {
    id: "prompt-too-long",
    refuses: "a prompt of more tokens than the model's `max_prompt_tokens`",
    source: "claude-code-proxy PR#29, claude-code-router#1799",
    check: ({ request, model }) => {
      const tokens = request.segments.reduce((sum, segment) => sum + segment.tokens, 0);
      return tokens > model.maxPromptTokens ? { tokens, limit: model.maxPromptTokens } : undefined;
    },
    error: {
      status: 400,
      shape: "service",
      message: "prompt token count of {tokens} exceeds the limit of {limit}",
      code: "model_max_prompt_tokens_exceeded",
    },
  },
  {
    id: "effort-not-offered",
    refuses: "a reasoning effort for a model that lists none",
    source: "crush#2902",
    check: (input) => (input.model.reasoningEfforts.length > 0 ? undefined : effortOf(input)),
    error: {
      status: 400,
      shape: "service",
      message: '{field} "{effort}" was provided, but model {model} does not support reasoning effort',
      code: "invalid_reasoning_effort",
    },
  },
  {
    id: "effort-unsupported",
    refuses: "a reasoning effort that the model does not list; `none` is always allowed",
    source: "captures of the service",
    check: (input) => {
      const { effort } = input.request;
      const known = input.model.reasoningEfforts;
      return effort === undefined || effort === "none" || known.includes(effort) ? undefined : effortOf(input);
    },
    error: {
      status: 400,
      shape: "service",
      message: '{field} "{effort}" is not supported by model {model}; supported values: [{known}]',
      code: "invalid_reasoning_effort",
    },
  },
];

/** The effort under the name that the wire gives it. */
function effortOf({ request, model }: RuleInput): Finding | undefined {
  const { effort, wire } = request;
  if (effort === undefined) return undefined;
  const field = { chat: "reasoning_effort", responses: "reasoning.effort", messages: "output_config.effort" }[wire];
  return { field, effort, model: model.id, known: model.reasoningEfforts.join(" ") };
}
