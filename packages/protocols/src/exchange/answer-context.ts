import type { AnswerContext } from "../codec/wire-codec.js";
import type { AnswerPlan } from "./answer-plan.js";

/** What the caller adds to a translated answer. */
export interface AnswerIds {
  readonly requestId: string;
  readonly nowSeconds: number;
  /** A new id that begins with `prefix` and was never given before. */
  createId(prefix: string): string;
}

/** What the encoder of a stream is told besides. */
export interface StreamAnswerContext extends AnswerContext {
  /** About how many tokens the answer holds so far, for a protocol that must name a count where the upstream tells none. */
  estimateOutputTokens(): number;
}

export function createAnswerContext(plan: AnswerPlan, ids: AnswerIds): AnswerContext {
  const { includeUsage, estimatedInputTokens, modelId, settings } = plan;
  return {
    model: modelId,
    requestId: ids.requestId,
    nowSeconds: ids.nowSeconds,
    createId: (prefix) => ids.createId(prefix),
    includeUsage,
    estimatedInputTokens,
    settings,
  };
}
