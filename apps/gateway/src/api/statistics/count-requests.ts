import type { Provider } from "@copilot-llm/provider";
import type { RequestCounts } from "./schemas.js";

const filterNames = {
  model: "model",
  key: "key",
  token: "token",
  protocol: "protocol",
  outcome: "status",
  error: "code",
} as const;

const dimensions = ["model", "key", "token", "protocol", "outcome", "error"] as const;

/** By the filters' names. What belongs to no model or token cannot be asked for, and is left out. */
export async function countRequests(
  statistics: Pick<Provider["statistics"], "count">,
  range: { readonly fromMs: number; readonly toMs: number },
): Promise<RequestCounts> {
  const counts: RequestCounts = { model: {}, key: {}, token: {}, protocol: {}, status: {}, code: {} };
  for (const { dimension, group, requests } of await statistics.count({ ...range, dimensions })) {
    if (group !== null) counts[filterNames[dimension]][group] = requests;
  }
  return counts;
}
