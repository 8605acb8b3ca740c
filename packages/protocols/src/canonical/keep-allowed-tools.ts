import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject, objectOrNull, stringOrNull } from "../body/json.js";
import type { CanonicalTool, ToolChoice } from "./request.js";

/** The tools that a request offers, and the choice among them. */
interface Offer {
  readonly tools: readonly CanonicalTool[];
  readonly toolChoice: ToolChoice | null;
}

/**
 * What OpenAI's `allowed_tools` leaves of the tools: other wires have no such choice, so the rest is not offered there.
 * Without a list all stay, and so they do where it names server tools only, which the service does not run: then the
 * choice goes with them.
 */
export function keepAllowedTools({ tools, toolChoice }: Offer, allowed: JsonValue | undefined): Offer {
  if (!isArray(allowed)) return { tools, toolChoice };
  const names = new Set(allowed.filter(isObject).flatMap(namesOf));
  const kept = tools.filter(({ name }) => names.has(name));
  const isDropped = kept.length > 0 && kept.every(({ type }) => type === "server");
  return isDropped ? { tools, toolChoice: null } : { tools: kept, toolChoice };
}

/** Chat names a tool inside, Responses outside; hosted tools go by their type, whatever they name of it. */
function namesOf(tool: JsonObject): readonly (string | null)[] {
  const named = objectOrNull(tool.function) ?? objectOrNull(tool.custom) ?? tool;
  const name = stringOrNull(named.name);
  return tool.type === "function" || tool.type === "custom" ? [name] : [name, stringOrNull(tool.type)];
}
