import { isArray } from "../../body/json.js";
import { dropTools, rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { descriptionsAreNotEmpty, fitDefinition } from "../../service-rules/fit-definition.js";
import { claudeTools } from "../../service-rules/schema-dialects.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";

const refusedTools = /^(?:web_search|web_fetch|code_execution)/;

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
    rewrite: (body) => dropTools(body, (tool) => refusedTools.test(String(tool.type))),
  }),
  fitDefinitions,
  createRule({
    name: "choice-needs-tools",
    source: "litellm#25477",
    rewrite: (body) => (isArray(body.tools) && body.tools.length > 0 ? body : withoutMembers(body, ["tool_choice"])),
  }),
];
