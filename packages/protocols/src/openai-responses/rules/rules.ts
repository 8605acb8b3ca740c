import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { dropTools, rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { nearestEffort } from "../../canonical/nearest-effort.js";
import { openaiSampling } from "../../service-rules/openai-sampling.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { isHostedTool, refuseComputer } from "../tool-kinds.js";
import { fitItems } from "./fit-items.js";
import { fitTools } from "./fit-tools.js";
import { outputsNameTheirCalls } from "./outputs-name-their-calls.js";

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
    rewrite: dropHostedTools,
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

/** On top and among the items. */
function dropHostedTools(body: JsonObject): JsonObject {
  if (isArray(body.tools)) {
    body.tools.forEach((tool, index) => {
      if (isObject(tool) && tool.type !== "computer") refuseComputer(tool, `tools.${index}`);
    });
  }
  const isKept = (tool: JsonObject): JsonObject | null => (isHostedTool(tool) ? null : tool);
  const input = rewriteObjects(body.input, (item) =>
    item.type === "additional_tools" ? withMember(item, "tools", rewriteObjects(item.tools, isKept)) : item,
  );
  return withMember(dropTools(body, isHostedTool), "input", input);
}
