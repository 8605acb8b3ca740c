import type { Wire } from "@copilot-llm/model";
import type { AnswerPlan } from "../exchange/answer-plan.js";
import { wireOf } from "../exchange/protocols.js";

/** A plan without anything special, for answers that are not about their request. */
export function answerPlan(protocol: Wire, wire: Wire, changes: Partial<AnswerPlan> = {}): AnswerPlan {
  return {
    client: wireOf(protocol),
    upstream: wireOf(wire),
    modelId: "model-x",
    toolNames: new Map(),
    stopSequences: [],
    includeUsage: true,
    showsReasoning: true,
    estimatedInputTokens: 7,
    settings: {},
    ...changes,
  };
}
