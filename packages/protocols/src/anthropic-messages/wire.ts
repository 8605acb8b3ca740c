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

/** Top-level fields that the service's endpoint knows; it refuses a body with any other (upstream.md B8). */
export const serviceFields: ReadonlySet<string> = new Set([
  ...requestFields,
  "context_management",
  "service_tier",
  "container",
]);

/** Claude Code writes this system block anew for every session; it only spoils prompt caches (clients.md §2). */
export const billingHeaderPrefix = "x-anthropic-billing-header:";

/** What stands for content that is empty, which the API refuses. */
export const emptyText = "(empty)";
