/** Top-level request fields that the canonical request holds, or that mean nothing elsewhere. */
export const requestFields: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "system",
  "tools",
  "tool_choice",
  "max_tokens",
  "stop_sequences",
  "temperature",
  "top_p",
  "top_k",
  "thinking",
  "output_config",
  "output_format",
  "metadata",
  "stream",
]);

/** What a client can do without where a model refuses it. */
export const dispensable: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "top_k",
  "output_config.effort",
  "metadata",
  "context_management",
  "service_tier",
]);

/**
 * Top-level fields that the service's endpoint knows; it refuses a body with any other
 * (docs/copilot-service.md#messages-fields).
 */
export const serviceFields: ReadonlySet<string> = new Set([
  ...requestFields,
  "context_management",
  "service_tier",
  "container",
]);

/**
 * Claude Code writes this system block anew for every session; it only spoils prompt caches
 * (docs/client-requirements.md#session-header-in-system).
 */
export const billingHeaderPrefix = "x-anthropic-billing-header:";
