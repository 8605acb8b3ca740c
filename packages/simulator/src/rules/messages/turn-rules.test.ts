import { describeRules } from "../../../testing/describe-rules.js";
import { messagesTurnRules } from "./turn-rules.js";

const user = (...content: unknown[]) => ({ role: "user", content });
const assistant = (...content: unknown[]) => ({ role: "assistant", content });
const text = { type: "text", text: "x" };
const call = (id: string) => ({ type: "tool_use", id, name: "f", input: {} });
const result = (id: string) => ({ type: "tool_result", tool_use_id: id, content: "r" });
const asked = user(text);
const talk = (...messages: unknown[]) => ({ messages: [asked, ...messages] });
const unanswered = (index: number, ids: string) =>
  `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
const orphan = (at: string, id: string) =>
  `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;

describeRules("/v1/messages", messagesTurnRules, {
  "first-turn-not-user": {
    refused: { messages: [assistant(text), asked] },
    accepted: { messages: [asked, assistant(text), asked] },
    says: 'messages: first message must use the "user" role',
  },
  "assistant-prefill": {
    refused: { model: "claude-sonnet-5", ...talk(assistant(text)) },
    accepted: { model: "claude-sonnet-4.6", ...talk(assistant(text)) },
    says: "This model does not support assistant message prefill. The conversation must end with a user message.",
  },
  "tool-use-id": [
    {
      refused: talk(assistant(call("a.b")), user(result("a.b"))),
      accepted: talk(assistant(call("a_b-1")), user(result("a_b-1"))),
      says: "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
    },
    {
      refused: talk(assistant(call("a")), user(result("a"), result(""))),
      accepted: talk(assistant(call("a")), user(result("a"))),
      says: "messages.2.content.1.tool_result.tool_use_id: String should match pattern '^[a-zA-Z0-9_-]+$'",
    },
  ],
  "duplicate-tool-use-id": {
    refused: talk(assistant(call("call_0")), user(result("call_0")), assistant(call("call_0")), user(result("call_0"))),
    accepted: talk(
      assistant(call("call_0")),
      user(result("call_0")),
      assistant(call("call_1")),
      user(result("call_1")),
    ),
    says: "messages.3.content.0: `tool_use` ids must be unique",
  },
  "unanswered-tool-use": [
    {
      refused: talk(assistant(call("a"), call("b")), user(result("a"))),
      accepted: talk(assistant(call("a"), call("b")), user(result("b"), result("a"))),
      says: unanswered(1, "b"),
    },
    {
      refused: talk(assistant(call("a")), user(text, result("a"))),
      accepted: talk(assistant(call("a")), user(result("a"), text)),
      says: unanswered(1, "a"),
    },
    {
      refused: talk(assistant(call("a"))),
      accepted: talk(assistant(call("a"), call("b")), user(result("a")), user(result("b"))),
      says: unanswered(1, "a"),
    },
  ],
  "orphan-tool-result": {
    refused: talk(assistant(call("a")), user(result("a")), assistant(text), user(result("b"))),
    accepted: talk(assistant(call("a")), user(result("a")), assistant(text), user(text)),
    says: orphan("messages.4.content.0", "b"),
  },
  "duplicate-tool-result": {
    refused: talk(assistant(call("a")), user(result("a"), result("a"))),
    accepted: talk(assistant(call("a")), user(result("a"))),
    says: "messages.2.content.1: each tool_use must have a single result. Found multiple `tool_result` blocks with id: a",
  },
});
