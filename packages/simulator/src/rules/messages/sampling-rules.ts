import { numberOf } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";
import { thinkingOf } from "./message-blocks.js";

const samplingParameters = ["temperature", "top_p", "top_k"];
const leastTopPWithThinking = 0.95;

/** Sampling and stop sequences of `/v1/messages`. */
export const messagesSamplingRules: readonly RuleRow[] = [
  {
    id: "sampling-removed",
    refuses: "`temperature`, `top_p` or `top_k`, whatever their value; only `temperature: 1` beside thinking passes",
    source: "pr-agent#2456, pi PR#7961, obsidian-copilot#2600",
    models: "claude-without-sampling",
    check: ({ body }) => {
      // GitHub's own runtime sends a temperature of 1 with adaptive thinking.
      const isDefault = body.temperature === 1 && thinkingOf(body) !== undefined;
      const parameter = samplingParameters.find((name) => body[name] != null && !(name === "temperature" && isDefault));
      return parameter === undefined ? undefined : { parameter };
    },
    error: { status: 400, shape: "backend", message: "`{parameter}` is deprecated for this model." },
  },
  {
    id: "temperature-and-top-p",
    refuses: "`temperature` and `top_p` together",
    source: "bedrock-chat PR#979, Roo-Code#12162",
    models: "claude-one-sampling-parameter",
    check: ({ body }) => (body.temperature != null && body.top_p != null ? found : undefined),
    error: {
      status: 400,
      shape: "backend",
      message: "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
    },
  },
  {
    id: "thinking-temperature",
    refuses: "with thinking: a `temperature` other than 1",
    source: "CLIProxyAPI#338",
    check: ({ body }) =>
      thinkingOf(body) !== undefined && body.temperature != null && body.temperature !== 1 ? found : undefined,
    error: {
      status: 400,
      shape: "backend",
      message: "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.",
    },
  },
  {
    id: "thinking-top-p",
    refuses: "with thinking: a `top_p` below 0.95",
    source: "CLIProxyAPI#1078",
    check: ({ body }) =>
      thinkingOf(body) !== undefined && (numberOf(body.top_p) ?? 1) < leastTopPWithThinking ? found : undefined,
    error: {
      status: 400,
      shape: "backend",
      message: "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in adaptive mode.",
    },
  },
  {
    id: "thinking-top-k",
    refuses: "with thinking: `top_k`",
    source: "CLIProxyAPI#420",
    check: ({ body }) => (thinkingOf(body) !== undefined && body.top_k != null ? found : undefined),
    error: {
      status: 400,
      shape: "backend",
      message: "`top_k` must be unset when thinking is enabled or in adaptive mode.",
    },
  },
  {
    id: "blank-stop-sequence",
    refuses: "a stop sequence of white space",
    source: "litellm#3286",
    check: ({ request }) => (request.stopSequences.some((sequence) => sequence.trim() === "") ? found : undefined),
    error: { status: 400, shape: "backend", message: "stop_sequences: each stop sequence must contain non-whitespace" },
  },
];
