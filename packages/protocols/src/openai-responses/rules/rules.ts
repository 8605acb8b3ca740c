import { isObject } from "../../body/json.js";
import { dropTools, withMember, withoutMembers } from "../../body/rewrite.js";
import { nearestEffort } from "../../canonical/nearest-effort.js";
import { openaiSampling } from "../../service-rules/openai-sampling.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { fitItems } from "./fit-items.js";
import { fitTools } from "./fit-tools.js";
import { outputsNameTheirCalls } from "./outputs-name-their-calls.js";

const refusedTools = /^(?:web_search|image_generation|mcp$|code_interpreter|file_search)/;

/** What the service's Responses endpoint takes otherwise. */
export const rules: readonly RuleStep[] = [
  createRule({
    name: "unsupported-fields",
    source: "docs/copilot-service.md#responses-fields",
    rewrite: (body) => withoutMembers(body, ["service_tier"]),
  }),
  createRule({
    name: "hosted-tools-refused",
    source: "docs/copilot-service.md#responses-fields",
    rewrite: (body) => dropTools(body, (tool) => refusedTools.test(String(tool.type))),
  }),
  fitTools,
  createRule({
    name: "efforts-the-model-has",
    source: "crush#2902",
    rewrite(body, { model }) {
      const { reasoning } = body;
      const known = model.supports.reasoningEfforts;
      if (!isObject(reasoning) || typeof reasoning.effort !== "string") return body;
      if (known.length > 0) {
        return withMember(body, "reasoning", withMember(reasoning, "effort", nearestEffort(reasoning.effort, known)));
      }
      const rest = withoutMembers(reasoning, ["effort"]);
      return Object.keys(rest).length === 0 ? withoutMembers(body, ["reasoning"]) : { ...body, reasoning: rest };
    },
  }),
  outputsNameTheirCalls,
  fitItems,
  openaiSampling,
];
