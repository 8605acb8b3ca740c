import { describeRules } from "../../../testing/describe-rules.js";
import { messagesSamplingRules } from "./sampling-rules.js";

const thinking = { type: "enabled", budget_tokens: 1024 };
const adaptive = { type: "adaptive" };
const deprecated = (parameter: string) => `\`${parameter}\` is deprecated for this model.`;
const one = "Please use only one.";

describeRules("/v1/messages", messagesSamplingRules, {
  "sampling-removed": [
    {
      refused: { model: "claude-opus-4.7", temperature: 0 },
      accepted: { model: "claude-sonnet-4.6", temperature: 0 },
      says: deprecated("temperature"),
    },
    {
      refused: { model: "claude-opus-4.7", temperature: 1 },
      accepted: { model: "claude-opus-4.7", temperature: 1, thinking: adaptive },
      says: deprecated("temperature"),
    },
    {
      refused: { model: "claude-sonnet-5", top_p: 0.9 },
      accepted: { model: "claude-sonnet-5" },
      says: deprecated("top_p"),
    },
    {
      refused: { model: "claude-opus-4.7", top_k: 5 },
      accepted: { model: "claude-opus-4.7", top_k: null },
      says: deprecated("top_k"),
    },
  ],
  "temperature-and-top-p": {
    refused: { temperature: 0.5, top_p: 0.9 },
    accepted: { top_p: 0.9 },
    says: `\`temperature\` and \`top_p\` cannot both be specified for this model. ${one}`,
  },
  "thinking-temperature": {
    refused: { thinking, temperature: 0.5 },
    accepted: { thinking, temperature: 1 },
    says: "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.",
  },
  "thinking-top-p": {
    refused: { thinking: adaptive, top_p: 0.5 },
    accepted: { thinking: adaptive, top_p: 0.95 },
    says: "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in adaptive mode.",
  },
  "thinking-top-k": {
    refused: { thinking, top_k: 5 },
    accepted: { thinking: { type: "disabled" }, top_k: 5 },
    says: "`top_k` must be unset when thinking is enabled or in adaptive mode.",
  },
  "blank-stop-sequence": {
    refused: { stop_sequences: ["END", "\n"] },
    accepted: { stop_sequences: ["END", "\nHuman:"] },
    says: "stop_sequences: each stop sequence must contain non-whitespace",
  },
});
