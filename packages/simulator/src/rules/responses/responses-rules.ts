import { openaiSamplingRules } from "../openai/sampling-rules.js";
import type { RuleRow } from "../rule-row.js";
import { responsesItemRules } from "./item-rules.js";
import { responsesRequestRules } from "./request-rules.js";
import { responsesSealedReasoningRules } from "./sealed-reasoning-rules.js";
import { responsesToolRules } from "./tool-rules.js";

/** What `/responses` refuses, in the order in which it is found. */
export const responsesRules: readonly RuleRow[] = [
  ...responsesRequestRules,
  ...responsesToolRules,
  ...openaiSamplingRules,
  ...responsesItemRules,
  ...responsesSealedReasoningRules,
];
