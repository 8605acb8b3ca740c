import { accessRules, admissionRules } from "../src/rules/admission-rules.js";
import { billingRules } from "../src/rules/billing-rules.js";
import { chatRules } from "../src/rules/chat/chat-rules.js";
import { conversationRules } from "../src/rules/conversation-rules.js";
import { embeddingsRules } from "../src/rules/embeddings-rules.js";
import { messagesRules } from "../src/rules/messages/messages-rules.js";
import { responsesRules } from "../src/rules/responses/responses-rules.js";
import type { RuleRow } from "../src/rules/rule-row.js";

/** A row without its check. */
export type RuleFacts = Omit<RuleRow, "check">;

/** The rules of some routes, in the order in which they are checked. */
export interface RuleTable {
  readonly title: string;
  readonly rows: readonly RuleFacts[];
}

/** All rules. A request meets the tables that are about its route in this order. */
export const ruleTables: readonly RuleTable[] = [
  { title: "Every route of the Copilot API", rows: accessRules },
  { title: "Every inference route", rows: admissionRules.slice(accessRules.length) },
  { title: "Every conversation", rows: conversationRules },
  { title: "`/v1/messages`", rows: messagesRules },
  { title: "`/chat/completions`", rows: chatRules },
  { title: "`/responses`", rows: responsesRules },
  { title: "`/embeddings`", rows: embeddingsRules },
  { title: "What costs something", rows: billingRules },
];
