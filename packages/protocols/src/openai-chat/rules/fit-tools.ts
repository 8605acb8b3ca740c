import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { descriptionsAreNotEmpty, fitDefinition } from "../../service-rules/fit-definition.js";
import type { SchemaDialect } from "../../service-rules/fit-schema.js";
import { geminiTools, toolDialectOf } from "../../service-rules/schema-dialects.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";
import { decodeTool, decodeToolChoice } from "../decode-tools.js";
import { encodeTool, encodeToolChoice } from "../encode-request.js";

const toolsOfOtherApis: ServiceRule = { name: "tools-of-other-apis", source: "sub2api PR#1575" };
const choiceNeedsTools: ServiceRule = { name: "choice-needs-tools", source: "OpenAI's API, litellm#25477" };

/** Tools and the choice among them. */
export const fitTools: RuleStep = {
  rules: [toolsOfOtherApis, descriptionsAreNotEmpty, ...geminiTools.rules, choiceNeedsTools],
  fit(body, { name }, applied) {
    if (!isArray(body.tools) || body.tools.length === 0) return withoutChoice(body, applied);
    const dialect = toolDialectOf(name);
    let index = 0;
    const tools = rewriteObjects(body.tools, (tool) => fitTool(tool, index++, dialect, applied));
    return fitChoice(withMember(body, "tools", tools), applied);
  },
};

function fitTool(tool: JsonObject, index: number, dialect: SchemaDialect | null, applied: Set<string>): JsonObject {
  const own = isOwn(tool) ? tool : readAnew(tool, index, applied);
  if (isObject(own.function)) {
    return withMember(own, "function", fitDefinition(own.function, "parameters", dialect, applied));
  }
  return isObject(own.custom) ? withMember(own, "custom", fitDefinition(own.custom, "parameters", null, applied)) : own;
}

function isOwn(tool: JsonObject): boolean {
  return typeof tool.type === "string" && isObject(tool[tool.type]);
}

/** The tool as the protocol has it; one that a service itself runs stays as it is. */
function readAnew(tool: JsonObject, index: number, applied: Set<string>): JsonObject {
  const decoded = decodeTool(tool, index);
  if (decoded.type === "server") return tool;
  applied.add(toolsOfOtherApis.name);
  return encodeTool(decoded, [])[0] ?? tool;
}

function fitChoice(body: JsonObject, applied: Set<string>): JsonObject {
  const choice = body.tool_choice;
  if (!isObject(choice) || (typeof choice.type === "string" && isObject(choice[choice.type]))) return body;
  applied.add(toolsOfOtherApis.name);
  const tools = isArray(body.tools) ? body.tools.filter(isObject).map(decodeTool) : [];
  return { ...body, tool_choice: encodeToolChoice({ toolChoice: decodeToolChoice(body), tools }) ?? undefined };
}

function withoutChoice(body: JsonObject, applied: Set<string>): JsonObject {
  const rest = withoutMembers(body, ["tool_choice", "parallel_tool_calls"]);
  if (rest !== body) applied.add(choiceNeedsTools.name);
  return rest;
}
