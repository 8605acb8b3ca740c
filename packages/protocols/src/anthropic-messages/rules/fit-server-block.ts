import type { JsonObject } from "@copilot-llm/model";
import { isServerCall, isServerResult, readServerWords } from "../server-blocks.js";

const toolSearchCall = /^tool_search_tool_/;
const toolSearchResult = "tool_search_tool_result";

/**
 * The service takes neither the calls nor the results of tools that it does not run: the words of what was found stand
 * for both. Null: there are none. The same block for any other, and for its own search among tools.
 */
export function fitServerBlock(block: JsonObject): JsonObject | null {
  if (isServerCall(block)) return toolSearchCall.test(String(block.name)) ? block : null;
  if (!isServerResult(block) || block.type === toolSearchResult) return block;
  const words = readServerWords(block);
  if (!/\S/.test(words)) return null;
  const { cache_control: mark } = block;
  return { type: "text", text: words, ...(mark === undefined ? {} : { cache_control: mark }) };
}
