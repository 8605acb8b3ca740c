/** Top-level request fields that the canonical request holds, or that mean nothing elsewhere. */
export const requestFields: ReadonlySet<string> = new Set([
  "model",
  "input",
  "instructions",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "max_output_tokens",
  "temperature",
  "top_p",
  "reasoning",
  "text",
  "metadata",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "stream",
  "store",
  "include",
  "client_metadata",
]);

/** What a client can do without where a model refuses it. */
export const dispensable: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "top_logprobs",
  "reasoning",
  "reasoning.effort",
  "reasoning.summary",
  "text.verbosity",
  "metadata",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
  "parallel_tool_calls",
  "service_tier",
  "truncation",
  "client_metadata",
]);

/** Fields that name state at the service, which another wire cannot reach. */
export const storedStateFields = ["previous_response_id", "conversation", "prompt"] as const;

export const encryptedContent = "reasoning.encrypted_content";
