import { isArray } from "../../body/json.js";
import { withoutMembers } from "../../body/rewrite.js";
import { leaveOut, never } from "../../service-rules/leave-out-parameters.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { thinkingOf } from "../thinking-of.js";

const leastTopPWithThinking = 0.95;

/** Sampling and stop sequences. */
export const fitSampling: readonly RuleStep[] = [
  leaveOut({
    name: "sampling-removed",
    source: "pr-agent#2456, bedrock-chat PR#979",
    models: "claude-without-sampling",
    parameters: { temperature: never, top_p: never, top_k: never },
  }),
  leaveOut({
    name: "sampling-beside-thinking",
    source: "CLIProxyAPI#338, #420, #1078",
    when: (body) => thinkingOf(body) !== null,
    parameters: {
      temperature: (value) => value === 1,
      top_p: (value) => typeof value === "number" && value >= leastTopPWithThinking,
      top_k: never,
    },
  }),
  createRule({
    name: "one-sampling-parameter",
    source: "bedrock-chat PR#979, Roo-Code#12162",
    models: "claude-one-sampling-parameter",
    rewrite(body) {
      const { temperature, top_p: topP } = body;
      if (typeof temperature !== "number" || typeof topP !== "number") return body;
      // The one that is at its default says nothing.
      return withoutMembers(body, [temperature === 1 && topP !== 1 ? "temperature" : "top_p"]);
    },
  }),
  createRule({
    name: "blank-stop-sequence",
    source: "litellm#3286",
    rewrite(body) {
      const { stop_sequences: sequences } = body;
      if (!isArray(sequences)) return body;
      const kept = sequences.filter((sequence) => typeof sequence !== "string" || /\S/.test(sequence));
      if (kept.length === sequences.length) return body;
      return kept.length === 0 ? withoutMembers(body, ["stop_sequences"]) : { ...body, stop_sequences: kept };
    },
  }),
];
