import { openaiSamplingRules } from "../openai/sampling-rules.js";
import type { RuleRow } from "../rule-row.js";
import { chatRequestRules } from "./request-rules.js";
import { chatToolRules } from "./tool-rules.js";
import { chatTurnRules } from "./turn-rules.js";

/** What `/chat/completions` refuses, in the order in which it is found. */
export const chatRules: readonly RuleRow[] = [
  ...chatRequestRules,
  ...chatToolRules,
  ...openaiSamplingRules,
  ...chatTurnRules,
];
