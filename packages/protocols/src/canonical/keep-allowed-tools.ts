import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject, objectOrNull, stringOrNull } from "../body/json.js";
import type { CanonicalTool } from "./request.js";

/**
 * What OpenAI's `allowed_tools` leaves of the tools: other wires have no such choice, so the rest is not offered there.
 * Without a list all stay.
 */
export function keepAllowedTools(tools: readonly CanonicalTool[], allowed: JsonValue | undefined): CanonicalTool[] {
  if (!isArray(allowed)) return [...tools];
  const names = new Set(allowed.filter(isObject).map(nameOf));
  return tools.filter(({ name }) => names.has(name));
}

/** Chat names a tool inside, Responses outside; hosted tools have a type only. */
function nameOf(tool: JsonObject): string | null {
  const named = objectOrNull(tool.function) ?? objectOrNull(tool.custom) ?? tool;
  return stringOrNull(named.name) ?? stringOrNull(tool.type);
}
