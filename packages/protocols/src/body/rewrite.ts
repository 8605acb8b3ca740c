import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "./json.js";

/** The list with every object rewritten or, by null, left out; the same list when nothing changed. */
export function rewriteObjects(
  list: JsonValue | undefined,
  rewrite: (item: JsonObject) => JsonObject | null,
): JsonValue | undefined {
  if (!isArray(list)) return list;
  // Nothing is made while nothing changes: mostly a list is only looked over.
  let rewritten: JsonValue[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index] ?? null;
    const next = isObject(item) ? rewrite(item) : item;
    if (next !== item) rewritten ??= list.slice(0, index);
    if (next !== null || item === null) rewritten?.push(next);
  }
  return rewritten ?? list;
}

/** The object with one member replaced; the same object when the member is the same. */
export function withMember(holder: JsonObject, name: string, value: JsonValue | undefined): JsonObject {
  return holder[name] === value ? holder : { ...holder, [name]: value };
}

/** The object without some members; the same object when it has none of them. */
export function withoutMembers(holder: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => name in holder)) return holder;
  return Object.fromEntries(Object.entries(holder).filter(([name]) => !names.includes(name)));
}

/** The object without what a dotted path names, and without what becomes empty by that; the same object when nothing is there. */
export function withoutPath(holder: JsonObject, path: string): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return withoutMembers(holder, [name]);
  const inner = holder[name];
  if (!isObject(inner)) return holder;
  const left = withoutPath(inner, rest.join("."));
  if (left === inner) return holder;
  return Object.keys(left).length === 0 ? withoutMembers(holder, [name]) : { ...holder, [name]: left };
}

/**
 * Leaves tools out, and what a choice says of them: a choice of one, or among none but such, or that none is left for
 * (docs/copilot-service.md#tool-choice-without-tools). `isRefused` is asked of the choice as well, which has a hosted
 * tool's type.
 */
export function dropTools(body: JsonObject, isRefused: (tool: JsonObject) => boolean): JsonObject {
  const names = new Set<JsonValue>();
  const tools = rewriteObjects(body.tools, (tool) => {
    if (!isRefused(tool)) return tool;
    if (typeof tool.name === "string") names.add(tool.name);
    return null;
  });
  if (tools === body.tools) return body;
  if (isArray(tools) && tools.length === 0)
    return withoutMembers(body, ["tools", "tool_choice", "parallel_tool_calls"]);
  // A hosted tool is chosen by its type, with a name or without; any other by its name.
  const isDropped = (chosen: JsonObject): boolean => isRefused(chosen) || names.has(chosen.name ?? null);
  return withMember(withoutChoice(body, isDropped), "tools", tools);
}

function withoutChoice(body: JsonObject, isDropped: (chosen: JsonObject) => boolean): JsonObject {
  const choice = body.tool_choice;
  if (!isObject(choice)) return body;
  if (isDropped(choice)) return withoutMembers(body, ["tool_choice"]);
  const allowed = rewriteObjects(choice.tools, (chosen) => (isDropped(chosen) ? null : chosen));
  if (allowed === choice.tools) return body;
  const isEmpty = isArray(allowed) && allowed.length === 0;
  return isEmpty ? withoutMembers(body, ["tool_choice"]) : { ...body, tool_choice: { ...choice, tools: allowed } };
}
