/** Top-level request fields that the canonical request holds, or that mean nothing elsewhere. */
export const requestFields: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "tools",
  "tool_choice",
  "parallel_tool_calls",
  "max_tokens",
  "max_completion_tokens",
  "stop",
  "temperature",
  "top_p",
  "presence_penalty",
  "frequency_penalty",
  "seed",
  "reasoning_effort",
  "thinking_budget",
  "response_format",
  "verbosity",
  "metadata",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "stream",
  "stream_options",
  "n",
  "store",
]);

/** What a client can do without where a model refuses it. */
export const dispensable: ReadonlySet<string> = new Set([
  "temperature",
  "top_p",
  "presence_penalty",
  "frequency_penalty",
  "seed",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "reasoning_effort",
  "thinking_budget",
  "verbosity",
  "metadata",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
  "parallel_tool_calls",
  "service_tier",
  "store",
]);

/** Fields of an assistant's message that hold reasoning; the second is DeepSeek's, which many clients use. */
export const reasoningTextFields = ["reasoning_text", "reasoning_content"] as const;
