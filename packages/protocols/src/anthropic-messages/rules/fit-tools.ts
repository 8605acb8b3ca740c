import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { descriptionsAreNotEmpty, fitDefinition } from "../../service-rules/fit-definition.js";
import { claudeTools } from "../../service-rules/schema-dialects.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { isClientTool, isCustomTool } from "../client-tools.js";

/** Runs at the service, and is the only kind that it takes. */
const toolSearch = /^tool_search_tool_(?:regex|bm25)(?:_|$)/;

const fitDefinitions: RuleStep = {
  rules: [descriptionsAreNotEmpty, ...claudeTools.rules],
  fit(body, _context, applied) {
    const tools = rewriteObjects(body.tools, (tool) => fitDefinition(tool, "input_schema", claudeTools, applied));
    return withMember(body, "tools", tools);
  },
};

/** Tools and the choice among them. */
export const fitTools: readonly RuleStep[] = [
  createRule({
    name: "server-tools-refused",
    source: "docs/copilot-service.md#messages-server-tools",
    rewrite(body) {
      const tools = rewriteObjects(body.tools, (tool) => (isRefused(tool) ? null : tool));
      return tools === body.tools ? body : withoutLostChoice({ ...body, tools });
    },
  }),
  fitDefinitions,
  createRule({
    name: "choice-needs-tools",
    source: "litellm#25477",
    rewrite: (body) => (isArray(body.tools) && body.tools.length > 0 ? body : withoutMembers(body, ["tool_choice"])),
  }),
];

/** What the client does not run, save what the service takes. */
function isRefused(tool: JsonObject): boolean {
  return !isCustomTool(tool) && !isClientTool(tool) && !toolSearch.test(String(tool.type));
}

/** Without a choice that names what is not there any more, such as a tool of a set, or that nothing is left for. */
function withoutLostChoice(body: JsonObject): JsonObject {
  const { tools, tool_choice: choice } = body;
  if (!isArray(tools) || tools.length === 0) return withoutMembers(body, ["tools", "tool_choice"]);
  if (!isObject(choice) || choice.type !== "tool") return body;
  const isThere = tools.some((tool) => isObject(tool) && tool.name === choice.name);
  return isThere ? body : withoutMembers(body, ["tool_choice"]);
}
