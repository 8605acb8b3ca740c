import { describeRules } from "../../../testing/describe-rules.js";
import { chatTurnRules } from "./turn-rules.js";

const user = { role: "user", content: "x" };
const call = (id: string) => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
const assistant = (...ids: string[]) => ({ role: "assistant", content: null, tool_calls: ids.map(call) });
const tool = (id: string) => ({ role: "tool", tool_call_id: id, content: "r" });
const talk = (...messages: unknown[]) => ({ messages: [user, ...messages] });
const unanswered = (ids: string) =>
  `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids}`;

describeRules("/chat/completions", chatTurnRules, {
  "empty-assistant-turn": [
    {
      refused: talk({ role: "assistant", content: null }, user),
      accepted: talk({ role: "assistant", content: "" }, user),
      says: "Invalid value for 'content': expected a string, got null at 'messages[1].content'.",
    },
    {
      refused: talk({ role: "assistant", content: [], tool_calls: [] }, user),
      accepted: talk({ role: "assistant", content: null, refusal: "no" }, user),
      says: "Invalid value for 'content': expected a string, got null at 'messages[1].content'.",
    },
  ],
  "orphan-tool-message": {
    refused: talk(assistant("c1"), tool("c1"), user, tool("c1"), tool("c2")),
    accepted: talk(assistant("c1"), assistant("c2"), tool("c1"), tool("c2")),
    says: "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
  },
  "unanswered-tool-call": [
    { refused: talk(assistant("c1"), user), accepted: talk(assistant("c1"), tool("c1"), user), says: unanswered("c1") },
    {
      refused: talk(assistant("c1", "c2"), tool("c2"), { role: "system", content: "s" }, tool("c1")),
      accepted: talk(assistant("c1", "c2"), tool("c2"), tool("c1"), { role: "system", content: "s" }),
      says: unanswered("c1"),
    },
  ],
});
