import { objectsOf, stringOf } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";

/** Turns, and the pairing of calls with their results, on `/chat/completions`. */
export const chatTurnRules: readonly RuleRow[] = [
  {
    id: "empty-assistant-turn",
    refuses: "an assistant turn with neither content nor calls",
    source: "OpenAI's API",
    check: ({ body }) => {
      const index = objectsOf(body.messages).findIndex(
        ({ role, content, tool_calls, refusal }) =>
          role === "assistant" &&
          refusal == null &&
          objectsOf(tool_calls).length === 0 &&
          (content == null || (Array.isArray(content) && content.length === 0)),
      );
      return index < 0 ? undefined : { index };
    },
    error: {
      status: 400,
      shape: "service",
      message: "Invalid value for 'content': expected a string, got null at 'messages[{index}].content'.",
    },
  },
  {
    id: "orphan-tool-message",
    refuses: "a tool message that answers no call of the assistant turn before it",
    source: "OpenAI's API",
    check: ({ body }) => {
      let open = new Set<string>();
      let previousRole = "";
      for (const message of objectsOf(body.messages)) {
        if (message.role === "assistant") {
          const calls = objectsOf(message.tool_calls).map((call) => stringOf(call.id));
          open = new Set(previousRole === "assistant" ? [...open, ...calls] : calls);
        } else if (message.role === "tool" && !open.has(stringOf(message.tool_call_id))) return found;
        previousRole = stringOf(message.role);
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "service",
      message: "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    },
  },
  {
    id: "unanswered-tool-call",
    refuses: "a call without its result before the conversation goes on",
    source: "OpenAI's API",
    check: ({ body }) => {
      const open = new Set<string>();
      for (const message of objectsOf(body.messages)) {
        if (message.role === "tool") open.delete(stringOf(message.tool_call_id));
        else if (message.role !== "assistant" && open.size > 0) break;
        else for (const call of objectsOf(message.tool_calls)) open.add(stringOf(call.id));
      }
      return open.size === 0 ? undefined : { ids: [...open].join(", ") };
    },
    error: {
      status: 400,
      shape: "service",
      message:
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: {ids}",
    },
  },
];
