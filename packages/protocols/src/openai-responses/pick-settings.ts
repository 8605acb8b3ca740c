import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { wantsCompaction } from "./compaction.js";

/** Stands among the settings of a request that wants a compaction; no answer repeats it. */
export const compactsSetting = "gateway_compacts";

/**
 * The settings of a request that its answer repeats, as the API does. Tools are left out: they can be large, would stand
 * in three events of each stream, and no client reads them there.
 */
export function pickSettings(body: JsonObject): JsonObject {
  return withoutNulls({
    instructions: body.instructions,
    max_output_tokens: body.max_output_tokens,
    metadata: body.metadata,
    parallel_tool_calls: body.parallel_tool_calls,
    prompt_cache_key: body.prompt_cache_key,
    reasoning: body.reasoning,
    safety_identifier: body.safety_identifier,
    store: body.store,
    temperature: body.temperature,
    text: body.text,
    tool_choice: body.tool_choice,
    top_p: body.top_p,
    truncation: body.truncation,
    user: body.user,
    [compactsSetting]: wantsCompaction(body) ? true : null,
  });
}
