import type { JsonObject } from "@copilot-llm/model";
import { invalidField, optionalBoolean, optionalObject, optionalString, requiredString } from "../body/fields.js";
import { isObject, objectOrNull } from "../body/json.js";
import type { CanonicalTool, ToolChoice } from "../canonical/request.js";
import { decodeCache } from "./decode-messages.js";

const wire = "openai-chat";
const emptySchema: JsonObject = { type: "object", properties: {} };

/**
 * One item of `tools`. Clients send flat ones, as Responses has them, and Anthropic's bare ones too; both are understood.
 */
export function decodeTool(tool: JsonObject, index: number): CanonicalTool {
  const at = `tools.${index}.`;
  if (tool.type === "custom" && tool.input_schema === undefined) {
    const [definition, inside] = isObject(tool.custom) ? [tool.custom, `${at}custom.`] : [tool, at];
    return {
      type: "custom",
      name: requiredString(definition, "name", inside),
      namespace: null,
      description: optionalString(definition, "description", inside),
      format: decodeToolFormat(optionalObject(definition, "format", inside)),
    };
  }
  const isFunction = tool.type === "function" || tool.function !== undefined || isObject(tool.input_schema);
  if (!isFunction) return { type: "server", wire, name: String(tool.type), definition: tool };
  const nested = optionalObject(tool, "function", at);
  const [definition, inside] = nested === null ? [tool, at] : [nested, `${at}function.`];
  const schemaName = isObject(definition.input_schema) ? "input_schema" : "parameters";
  return {
    type: "function",
    name: requiredString(definition, "name", inside),
    namespace: null,
    description: optionalString(definition, "description", inside),
    parameters: optionalObject(definition, schemaName, inside) ?? emptySchema,
    strict: optionalBoolean(definition, "strict", inside),
    cache: decodeCache(tool),
  };
}

/** Chat holds a grammar one level deeper than Responses does. */
function decodeToolFormat(format: JsonObject | null): JsonObject | null {
  if (!isObject(format?.grammar)) return format;
  const { grammar, ...rest } = format;
  return { ...rest, ...objectOrNull(grammar) };
}

/** `tool_choice`; null when it is left to the service. */
export function decodeToolChoice(body: JsonObject): ToolChoice | null {
  const choice = body.tool_choice;
  if (choice === undefined || choice === null) return null;
  if (choice === "auto" || choice === "none" || choice === "required") return { type: choice };
  if (!isObject(choice))
    throw invalidField("tool_choice", "`tool_choice` must be auto, none, required or a named tool.");
  if (choice.type === "allowed_tools") {
    return { type: allowedTools(body)?.mode === "required" ? "required" : "auto" };
  }
  // Anthropic's forms.
  if (choice.type === "auto" || choice.type === "none") return { type: choice.type };
  if (choice.type === "any") return { type: "required" };
  const named = objectOrNull(choice.function) ?? objectOrNull(choice.custom) ?? choice;
  return { type: "tool", name: requiredString(named, "name", "tool_choice.function."), namespace: null };
}

/** The tools that the choice is among; null when it is among all. */
export function allowedTools(body: JsonObject): JsonObject | null {
  return objectOrNull(objectOrNull(body.tool_choice)?.allowed_tools);
}
