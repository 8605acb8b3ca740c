import type { JsonObject } from "@copilot-llm/model";
import { isObject } from "../body/json.js";

/**
 * `copilot_usage.total_nano_aiu` of a holder, or of the `usage` inside it (docs/copilot-service.md#copilot-usage); null
 * when absent.
 */
export function mapNanoAiu(holder: JsonObject): number | null {
  const own = isObject(holder.copilot_usage) ? holder.copilot_usage.total_nano_aiu : undefined;
  if (typeof own === "number" && Number.isFinite(own) && own >= 0) return own;
  return isObject(holder.usage) ? mapNanoAiu(holder.usage) : null;
}
