import type { JsonObject } from "@copilot-llm/model";
import {
  invalidField,
  optionalBoolean,
  optionalObject,
  optionalObjects,
  optionalString,
  requiredString,
} from "../body/fields.js";
import { isObject, stringOrNull } from "../body/json.js";
import type { CanonicalTool, ToolChoice } from "../canonical/request.js";

import { findClientTool } from "./client-tools.js";
import { refuseComputer } from "./tool-kinds.js";

const wire = "openai-responses";

const namedChoices = new Set(["function", "custom"]);

/** One tool, or all tools of a namespace. */
export function decodeTool(tool: JsonObject, at: string, namespace: string | null): CanonicalTool[] {
  switch (tool.type) {
    case "function":
      return [
        {
          type: "function",
          name: requiredString(tool, "name", at),
          namespace,
          description: optionalString(tool, "description", at),
          parameters: optionalObject(tool, "parameters", at) ?? { type: "object", properties: {} },
          strict: optionalBoolean(tool, "strict", at),
          cache: null,
        },
      ];
    case "custom":
      return [
        {
          type: "custom",
          name: requiredString(tool, "name", at),
          namespace,
          description: optionalString(tool, "description", at),
          format: optionalObject(tool, "format", at),
        },
      ];
    case "namespace": {
      const name = requiredString(tool, "name", at);
      return optionalObjects(tool, "tools", at).flatMap((inner) => decodeTool(inner, `${at}tools.`, name));
    }
    default: {
      const own = findClientTool(tool);
      if (own !== null) return [own];
      refuseComputer(tool, at.slice(0, -1));
      return [{ type: "server", wire, name: stringOrNull(tool.name) ?? String(tool.type), definition: tool }];
    }
  }
}

/** `tool_choice`; null when it is left to the service. */
export function decodeToolChoice(body: JsonObject): ToolChoice | null {
  const choice = body.tool_choice;
  if (choice === undefined || choice === null) return null;
  if (choice === "auto" || choice === "none" || choice === "required") return { type: choice };
  if (!isObject(choice))
    throw invalidField("tool_choice", "`tool_choice` must be auto, none, required or a named tool.");
  if (choice.type === "allowed_tools") return { type: choice.mode === "required" ? "required" : "auto" };
  const name = namedChoices.has(String(choice.type))
    ? requiredString(choice, "name", "tool_choice.")
    : String(choice.type);
  return { type: "tool", name, namespace: optionalString(choice, "namespace", "tool_choice.") };
}
