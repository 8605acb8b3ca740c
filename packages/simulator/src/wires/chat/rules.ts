import { objectsOf, stringOf } from "../../json-value.js";
import { createServiceError } from "../refusal.js";
import type { RequestRule } from "../request-rule.js";

const invalidBody = (message: string) => createServiceError(400, message, "invalid_request_body");

const messagesMissing: RequestRule = {
  name: "messages-missing",
  check: ({ body }) =>
    objectsOf(body.messages).length > 0 ? undefined : invalidBody("messages: at least one message is required"),
};

const maxTokensUnsupported: RequestRule = {
  name: "max-tokens-unsupported",
  check: ({ body, model }) =>
    model.needsMaxCompletionTokens && body.max_tokens !== undefined
      ? invalidBody(
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        )
      : undefined,
};

/** A tool message must answer a call of an assistant message before it; consecutive assistant messages count as one. */
const orphanToolMessage: RequestRule = {
  name: "orphan-tool-message",
  check: ({ body }) => {
    let open = new Set<string>();
    let previousRole = "";
    for (const message of objectsOf(body.messages)) {
      if (message.role === "assistant") {
        const calls = objectsOf(message.tool_calls).map((call) => stringOf(call.id));
        open = new Set(previousRole === "assistant" ? [...open, ...calls] : calls);
      } else if (message.role === "tool" && !open.has(stringOf(message.tool_call_id))) {
        return invalidBody("messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.");
      }
      previousRole = stringOf(message.role);
    }
    return undefined;
  },
};

/** Every call must be answered before the conversation goes on. */
const unansweredToolCall: RequestRule = {
  name: "unanswered-tool-call",
  check: ({ body }) => {
    const open = new Set<string>();
    for (const message of objectsOf(body.messages)) {
      if (message.role === "tool") open.delete(stringOf(message.tool_call_id));
      else if (message.role === "user" && open.size > 0) break;
      else for (const call of objectsOf(message.tool_calls)) open.add(stringOf(call.id));
    }
    if (open.size === 0) return undefined;
    const ids = [...open].join(", ");
    return invalidBody(
      `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids}`,
    );
  },
};

/** What `/chat/completions` refuses. */
export const chatRules: readonly RequestRule[] = [
  messagesMissing,
  maxTokensUnsupported,
  orphanToolMessage,
  unansweredToolCall,
];
