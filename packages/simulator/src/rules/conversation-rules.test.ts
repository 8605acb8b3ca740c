import { describeRules } from "../../testing/describe-rules.js";
import { conversationRules } from "./conversation-rules.js";

const image = {
  messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] }],
};
const vision = { "copilot-vision-request": "true" };
const prompt = (length: number) => ({
  model: "gpt-3.5-turbo",
  messages: [{ role: "user", content: "x".repeat(length) }],
});
const notOffered = (field: string, effort: string, model: string) =>
  `${field} "${effort}" was provided, but model ${model} does not support reasoning effort`;

describeRules("/chat/completions", conversationRules, {
  "plan-excludes-model": async ({ simulator }) => {
    simulator.addAccount({ token: "gho_frank00000000", login: "frank", plan: "free" });
    return {
      refused: { model: "gemini-2.5-pro" },
      token: "gho_frank00000000",
      accepted: { model: "gemini-2.5-pro" },
      says: "The requested model is not supported.",
      code: "model_not_supported",
    };
  },
  "policy-disabled": {
    refused: { model: "grok-code-fast-1" },
    accepted: { model: "gemini-2.5-pro" },
    says: "Access to grok-code-fast-1 is not enabled by policy.",
    code: "model_policy_disabled",
  },
  "vision-header-missing": {
    refused: image,
    accepted: image,
    acceptedHeaders: vision,
    says: "missing required Copilot-Vision-Request header for vision requests",
    code: "",
  },
  "vision-unsupported": {
    refused: { ...image, model: "gpt-3.5-turbo" },
    refusedHeaders: vision,
    accepted: image,
    acceptedHeaders: vision,
    says: "vision is not supported for this model",
  },
  "prompt-too-long": {
    refused: prompt(70_000),
    accepted: prompt(60_000),
    says: "prompt token count of 14004 exceeds the limit of 12288",
    code: "model_max_prompt_tokens_exceeded",
  },
  "effort-not-offered": [
    {
      refused: { reasoning_effort: "none" },
      accepted: {},
      says: notOffered("reasoning_effort", "none", "gpt-4.1"),
      code: "invalid_reasoning_effort",
    },
    {
      path: "/v1/messages",
      refused: { model: "claude-haiku-4.5", output_config: { effort: "low" } },
      accepted: { model: "claude-haiku-4.5", output_config: {} },
      says: notOffered("output_config.effort", "low", "claude-haiku-4.5"),
    },
  ],
  "effort-unsupported": [
    {
      refused: { model: "gpt-5-mini", reasoning_effort: "xhigh" },
      accepted: { model: "gpt-5-mini", reasoning_effort: "none" },
      says: 'reasoning_effort "xhigh" is not supported by model gpt-5-mini; supported values: [low medium high]',
      code: "invalid_reasoning_effort",
    },
    {
      path: "/responses",
      refused: { model: "gpt-5-mini", reasoning: { effort: "max" } },
      accepted: { model: "gpt-5-mini", reasoning: { effort: "high" } },
      says: 'reasoning.effort "max" is not supported by model gpt-5-mini; supported values: [low medium high]',
    },
    {
      path: "/v1/messages",
      refused: { output_config: { effort: "xhigh" } },
      accepted: { output_config: { effort: "max" } },
      says: 'output_config.effort "xhigh" is not supported by model claude-sonnet-4.6; supported values: [low medium high max]',
    },
  ],
});
