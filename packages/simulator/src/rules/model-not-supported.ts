import type { RuleError } from "./rule-error.js";

/** The refusal of a model that does not exist, or not for this account. */
export const modelNotSupported: RuleError = {
  status: 400,
  shape: "service",
  message: "The requested model is not supported.",
  code: "model_not_supported",
  fields: { param: "model", type: "invalid_request_error" },
};
