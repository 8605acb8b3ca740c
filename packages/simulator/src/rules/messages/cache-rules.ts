import { isJsonObject, type JsonObject } from "../../json-value.js";
import type { RuleRow } from "../rule-row.js";

const maximumBreakpoints = 4;

/** Cache breakpoints of `/v1/messages`. */
export const messagesCacheRules: readonly RuleRow[] = [
  {
    id: "cache-control-scope",
    refuses: "`cache_control.scope`",
    source: "caozhiyuan/copilot-api#143",
    check: ({ body, quirks }) => {
      const marked = locateCacheControls(body).find(({ control }) => control.scope !== undefined);
      if (marked === undefined) return undefined;
      // Bedrock leaves the place out.
      return {
        path: quirks.messagesBackend === "bedrock" ? "cache_control" : `${marked.at}.cache_control.ephemeral.scope`,
      };
    },
    error: { status: 400, shape: "backend", message: "{path}: Extra inputs are not permitted" },
  },
  {
    id: "too-many-cache-breakpoints",
    refuses: "more than 4 `cache_control` marks",
    source: "caozhiyuan/copilot-api#241",
    check: ({ body }) => {
      const count = locateCacheControls(body).length;
      return count > maximumBreakpoints ? { count, limit: maximumBreakpoints } : undefined;
    },
    error: {
      status: 400,
      shape: "anthropic",
      message: "A maximum of {limit} blocks with cache_control may be provided. Found {count}.",
    },
  },
  {
    id: "cache-control-in-tool-result",
    refuses: "`cache_control` inside the content of a tool result",
    source: "caozhiyuan/copilot-api#241",
    check: ({ body }) => {
      const marked = locateCacheControls(body).find(({ at }) => /\.content\.\d+\.content\.\d+$/.test(at));
      return marked === undefined ? undefined : { path: `${marked.at}.cache_control` };
    },
    error: { status: 400, shape: "backend", message: "{path}: Extra inputs are not permitted" },
  },
];

/** Every `cache_control` below a value, with the place of its owner. Free-form JSON (tool inputs, schemas) is left out. */
function locateCacheControls(value: unknown, at = ""): { at: string; control: JsonObject }[] {
  const below = (key: string | number): string => (at === "" ? String(key) : `${at}.${key}`);
  if (Array.isArray(value)) return value.flatMap((item, index) => locateCacheControls(item, below(index)));
  if (!isJsonObject(value)) return [];
  const own = isJsonObject(value.cache_control) ? [{ at, control: value.cache_control }] : [];
  const keys = ["system", "tools", "messages", "content"];
  return [...own, ...keys.flatMap((key) => locateCacheControls(value[key], below(key)))];
}
