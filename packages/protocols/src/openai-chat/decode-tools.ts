import type { JsonObject } from "@copilot-llm/model";
import { invalidField, optionalBoolean, optionalObject, optionalString, requiredString } from "../body/fields.js";
import { isObject, objectOrNull } from "../body/json.js";
import type { CanonicalTool, ToolChoice } from "../canonical/request.js";
import { decodeCache } from "./decode-messages.js";

const wire = "openai-chat";
const emptySchema: JsonObject = { type: "object", properties: {} };

/** One item of `tools`. */
export function decodeTool(tool: JsonObject, index: number): CanonicalTool {
  const at = `tools.${index}.`;
  if (tool.type === "function" || tool.function !== undefined) {
    const definition = optionalObject(tool, "function", at) ?? {};
    return {
      type: "function",
      name: requiredString(definition, "name", `${at}function.`),
      namespace: null,
      description: optionalString(definition, "description", `${at}function.`),
      parameters: optionalObject(definition, "parameters", `${at}function.`) ?? emptySchema,
      strict: optionalBoolean(definition, "strict", `${at}function.`),
      cache: decodeCache(tool),
    };
  }
  if (tool.type === "custom") {
    const definition = optionalObject(tool, "custom", at) ?? {};
    return {
      type: "custom",
      name: requiredString(definition, "name", `${at}custom.`),
      namespace: null,
      description: optionalString(definition, "description", `${at}custom.`),
      format: decodeToolFormat(optionalObject(definition, "format", `${at}custom.`)),
    };
  }
  return { type: "server", wire, name: String(tool.type), definition: tool };
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
  const named = objectOrNull(choice.function) ?? objectOrNull(choice.custom) ?? {};
  return { type: "tool", name: requiredString(named, "name", "tool_choice.function."), namespace: null };
}

/** The tools that the choice is among; null when it is among all. */
export function allowedTools(body: JsonObject): JsonObject | null {
  return objectOrNull(objectOrNull(body.tool_choice)?.allowed_tools);
}
