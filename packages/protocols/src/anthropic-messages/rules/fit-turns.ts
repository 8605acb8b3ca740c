import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { emptyText } from "../../canonical/empty-text.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { makeCallIdsUnique } from "../make-call-ids-unique.js";

const carryOn = "Go on exactly where your last message ends, without repeating it.";

/** The order of turns, and what stands in the last of them. */
export const fitTurns: readonly RuleStep[] = [
  createRule({
    name: "call-ids-are-unique",
    source: "litellm#23510, PR#27953",
    rewrite: makeCallIdsUnique,
  }),
  createRule({
    name: "the-user-begins",
    source: "Anthropic's API",
    rewrite(body) {
      if (!isArray(body.messages)) return body;
      const [first] = body.messages;
      if (isObject(first) && first.role === "user") return body;
      return { ...body, messages: [{ role: "user", content: emptyText }, ...body.messages] };
    },
  }),
  createRule({
    name: "no-white-space-at-the-end",
    source: "langchain-google#1514",
    rewrite(body) {
      const last = lastAnswer(body);
      if (last === null) return body;
      const trimmed = trimEnd(last);
      return trimmed === last
        ? body
        : { ...body, messages: [...(body.messages as readonly JsonValue[]).slice(0, -1), trimmed] };
    },
  }),
  createRule({
    name: "prefill-refused",
    source: "docs/copilot-service.md#messages-prefill",
    models: "claude-without-prefill",
    rewrite: (body) =>
      lastAnswer(body) === null
        ? body
        : { ...body, messages: [...(body.messages as readonly JsonValue[]), { role: "user", content: carryOn }] },
  }),
];

/** The last message when it is the assistant's: an answer to go on with. */
function lastAnswer({ messages }: JsonObject): JsonObject | null {
  const last = isArray(messages) ? messages.at(-1) : undefined;
  return isObject(last) && last.role === "assistant" ? last : null;
}

function trimEnd(message: JsonObject): JsonObject {
  const { content } = message;
  if (typeof content === "string") return /\s$/.test(content) ? { ...message, content: content.trimEnd() } : message;
  const last = isArray(content) ? content.at(-1) : undefined;
  if (!isArray(content) || !isObject(last) || typeof last.text !== "string" || !/\s$/.test(last.text)) return message;
  return { ...message, content: content.with(-1, { ...last, text: last.text.trimEnd() }) };
}
