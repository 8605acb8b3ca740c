import type { JsonObject } from "../../json-value.js";
import type { RenderContext } from "../wire.js";

/** `usage`, with prompt tokens as an inclusive total, and `copilot_usage` where the account is billed by tokens. */
export function chatUsage({ usage, copilotUsage }: RenderContext): JsonObject {
  const promptTokens = usage.input + usage.cacheRead + usage.cacheWrite;
  return {
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: usage.output,
      total_tokens: promptTokens + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cacheRead },
      completion_tokens_details: {
        reasoning_tokens: usage.reasoning,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    ...(copilotUsage === undefined ? {} : { copilot_usage: copilotUsage }),
  };
}
