import type { RuleRow } from "../rule-row.js";
import { messagesCacheRules } from "./cache-rules.js";
import { messagesContentRules } from "./content-rules.js";
import { messagesDocumentRules } from "./document-rules.js";
import { messagesRequestRules } from "./request-rules.js";
import { messagesSamplingRules } from "./sampling-rules.js";
import { messagesStructuredOutputRules } from "./structured-output-rules.js";
import { messagesThinkingRules } from "./thinking-rules.js";
import { messagesToolRules } from "./tool-rules.js";
import { messagesTurnRules } from "./turn-rules.js";

/** What `/v1/messages` refuses, in the order in which it is found. */
export const messagesRules: readonly RuleRow[] = [
  ...messagesRequestRules,
  ...messagesToolRules,
  ...messagesCacheRules,
  ...messagesContentRules,
  ...messagesDocumentRules,
  ...messagesSamplingRules,
  ...messagesStructuredOutputRules,
  ...messagesThinkingRules,
  ...messagesTurnRules,
];
