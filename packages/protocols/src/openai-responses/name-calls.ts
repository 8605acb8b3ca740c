import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject, stringOrNull } from "../body/json.js";
import { rewriteObjects } from "../body/rewrite.js";

interface OpenCall {
  readonly id: string;
  readonly name: string | null;
}

/**
 * The items with the call's id in every output: one that names none answers the open call of its name, else the one
 * that has been open for the longest time. The same list when all name theirs.
 */
export function nameCalls(input: JsonValue | undefined): JsonValue | undefined {
  if (!isArray(input) || !input.some((item) => isObject(item) && isNameless(item))) return input;
  const open: OpenCall[] = [];
  const close = (at: number): OpenCall | undefined => open.splice(Math.max(0, at), 1)[0];
  return rewriteObjects(input, (item) => {
    const type = stringOrNull(item.type) ?? "";
    const id = stringOrNull(item.call_id);
    if (type.endsWith("_call") && id !== null) open.push({ id, name: stringOrNull(item.name) });
    if (!type.endsWith("_call_output")) return item;
    if (!isNameless(item)) {
      const at = open.findIndex((call) => call.id === (id ?? item.id));
      if (at !== -1) close(at);
      return item;
    }
    const call = close(open.findIndex(({ name }) => name !== null && name === item.name));
    return call === undefined ? item : { ...item, call_id: call.id };
  });
}

/** A local shell's output names its call as its own id. */
function isNameless({ type, call_id: callId, id }: JsonObject): boolean {
  if (typeof type !== "string" || !type.endsWith("_call_output")) return false;
  const named = type === "local_shell_call_output" ? (callId ?? id) : callId;
  return named === undefined || named === null || named === "";
}
