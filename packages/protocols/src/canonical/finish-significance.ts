import type { FinishReason, UnifiedFinishReason } from "./response.js";

/** From the least to the most telling, for answers in several pieces (docs/copilot-service.md#split-choices). */
const significance: readonly UnifiedFinishReason[] = [
  "other",
  "stop",
  "pause",
  "tool-calls",
  "length",
  "refusal",
  "content-filter",
];

/** The more telling of two reasons; the earlier at a tie. */
export function mergeFinish(earlier: FinishReason | null, later: FinishReason): FinishReason {
  if (earlier === null) return later;
  return significance.indexOf(later.unified) > significance.indexOf(earlier.unified) ? later : earlier;
}
