import type { JsonObject } from "@copilot-llm/model";
import { isArray } from "../../body/json.js";
import { rewriteObjects, withMember } from "../../body/rewrite.js";
import { descriptionsAreNotEmpty, fitDefinition } from "../../service-rules/fit-definition.js";
import { openaiTools, toolDialectOf } from "../../service-rules/schema-dialects.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";

const namespacesAreDescribed: ServiceRule = {
  name: "namespaces-are-described",
  source: "caozhiyuan/copilot-api#345, OpenAI's API",
};

/** Every tool that is offered: on top, among the items, and inside namespaces. */
export const fitTools: RuleStep = {
  rules: [descriptionsAreNotEmpty, namespacesAreDescribed, ...openaiTools.rules],
  fit(body, { name }, applied) {
    const dialect = toolDialectOf(name);
    const fitTool = (tool: JsonObject): JsonObject => {
      if (tool.type !== "namespace") return fitDefinition(tool, "parameters", dialect, applied);
      return describeNamespace(withMember(tool, "tools", rewriteObjects(tool.tools, fitTool)), applied);
    };
    const tools = isArray(body.tools) ? rewriteObjects(body.tools, fitTool) : body.tools;
    const input = rewriteObjects(body.input, (item) =>
      item.tools === undefined ? item : withMember(item, "tools", rewriteObjects(item.tools, fitTool)),
    );
    return withMember(withMember(body, "tools", tools), "input", input);
  },
};

function describeNamespace(tool: JsonObject, applied: Set<string>): JsonObject {
  if (typeof tool.description === "string" && /\S/.test(tool.description)) return tool;
  applied.add(namespacesAreDescribed.name);
  return { ...tool, description: `Tools of ${String(tool.name)}.` };
}
