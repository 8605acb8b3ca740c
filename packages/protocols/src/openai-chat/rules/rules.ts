import { withMember, withoutMembers } from "../../body/rewrite.js";
import { nearestEffort } from "../../canonical/nearest-effort.js";
import { openaiSampling } from "../../service-rules/openai-sampling.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { askForFormat } from "./ask-for-format.js";
import { fitMessages } from "./fit-messages.js";
import { fitStops } from "./fit-stops.js";
import { fitTools } from "./fit-tools.js";
import { streamOptions } from "./stream-options.js";

/** What the service's Chat endpoint takes otherwise. */
export const rules: readonly RuleStep[] = [
  fitMessages,
  askForFormat,
  fitTools,
  createRule({
    name: "gpt-5-takes-max-completion-tokens",
    source: "docs/copilot-service.md#max-completion-tokens",
    models: "openai-reasoning",
    rewrite(body) {
      if (body.max_tokens === undefined) return body;
      const limit = body.max_completion_tokens ?? body.max_tokens;
      return { ...withoutMembers(body, ["max_tokens"]), max_completion_tokens: limit };
    },
  }),
  createRule({
    name: "efforts-the-model-has",
    source: "crush#2902",
    rewrite(body, { model }) {
      const { reasoning_effort: effort } = body;
      const known = model.supports.reasoningEfforts;
      if (typeof effort !== "string") return body;
      return known.length === 0
        ? withoutMembers(body, ["reasoning_effort"])
        : withMember(body, "reasoning_effort", nearestEffort(effort, known));
    },
  }),
  openaiSampling,
  fitStops,
  streamOptions,
];
