import type { JsonValue } from "@copilot-llm/model";
import { leaveOut } from "./leave-out-parameters.js";

const isEmpty = (value: JsonValue): boolean => typeof value === "object" && Object.keys(value ?? {}).length === 0;

/** OpenAI's models that reason take these with their default only, on Chat and Responses alike. */
export const openaiSampling = leaveOut({
  name: "sampling-unsupported",
  source: "hermes-agent PR#91313, little-coder#33",
  models: "openai-reasoning",
  parameters: {
    temperature: (value) => value === 1,
    top_p: (value) => value === 1,
    presence_penalty: (value) => value === 0,
    frequency_penalty: (value) => value === 0,
    logprobs: (value) => value === false,
    top_logprobs: (value) => value === 0,
    logit_bias: isEmpty,
  },
});
