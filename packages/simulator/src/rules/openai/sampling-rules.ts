import { isJsonObject, type JsonObject } from "../../json-value.js";
import type { RuleRow } from "../rule-row.js";

/** Parameters that these models take with their default only. */
const defaults: Readonly<Record<string, unknown>> = {
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  top_logprobs: 0,
  logit_bias: {},
  stop: [],
};

/** Sampling of OpenAI's models, the same on Chat and Responses. */
export const openaiSamplingRules: readonly RuleRow[] = [
  {
    id: "sampling-unsupported",
    refuses: "`temperature`, `top_p`, `stop`, penalties, `logprobs` or `logit_bias` other than their defaults",
    source: "hermes-agent PR#91313, little-coder#33",
    models: "openai-reasoning",
    check: ({ body }) => {
      const parameter = Object.keys(defaults).find((name) => !isDefault(name, body));
      return parameter === undefined ? undefined : { parameter };
    },
    error: {
      status: 400,
      shape: "service",
      message: "Unsupported parameter: '{parameter}' is not supported with this model.",
    },
  },
];

function isDefault(name: string, body: JsonObject): boolean {
  const value = body[name];
  if (value == null || value === defaults[name]) return true;
  return (isJsonObject(value) || Array.isArray(value)) && Object.keys(value).length === 0;
}
