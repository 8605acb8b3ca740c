import { describeRules } from "../../../testing/describe-rules.js";
import { openaiSamplingRules } from "./sampling-rules.js";

const unsupported = (name: string) => `Unsupported parameter: '${name}' is not supported with this model.`;
const refusedValues = {
  temperature: 0,
  top_p: 0.9,
  presence_penalty: 1,
  frequency_penalty: -1,
  logprobs: true,
  top_logprobs: 3,
  logit_bias: { 5: 1 },
  stop: ["END"],
};
const defaults = {
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  logit_bias: {},
};

describeRules("/chat/completions", openaiSamplingRules, {
  "sampling-unsupported": [
    ...Object.entries(refusedValues).map(([name, value]) => ({
      refused: { model: "gpt-5.4", [name]: value },
      accepted: { model: "gpt-4.1", [name]: value },
      says: unsupported(name),
    })),
    {
      refused: { model: "gpt-5-mini", stop: "END" },
      accepted: { model: "gpt-5-mini", ...defaults, stop: null },
      says: unsupported("stop"),
    },
    {
      path: "/responses",
      refused: { model: "gpt-5.3-codex", temperature: 0.3 },
      accepted: { model: "gpt-5.3-codex", temperature: 1 },
      says: unsupported("temperature"),
    },
  ],
});
