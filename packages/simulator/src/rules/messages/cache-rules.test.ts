import { describeRules } from "../../../testing/describe-rules.js";
import { messagesCacheRules } from "./cache-rules.js";

const text = { type: "text", text: "x" };
const marked = { ...text, cache_control: { type: "ephemeral" } };
const scoped = { ...text, cache_control: { type: "ephemeral", scope: "global" } };
const extra = (path: string) => `${path}: Extra inputs are not permitted`;
const result = (...content: unknown[]) => ({
  messages: [
    { role: "user", content: "x" },
    { role: "assistant", content: [{ type: "tool_use", id: "t", name: "f", input: { cache_control: {} } }] },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: "t", content, cache_control: { type: "ephemeral" } }],
    },
  ],
});

describeRules("/v1/messages", messagesCacheRules, {
  "cache-control-scope": [
    { refused: { system: [scoped] }, accepted: { system: [marked] }, says: extra("cache_control") },
    ...(["anthropic", "vertex"] as const).map((messagesBackend) => ({
      refused: { system: [scoped] },
      accepted: { system: [marked] },
      says: extra("system.0.cache_control.ephemeral.scope"),
      quirks: { messagesBackend },
    })),
  ],
  "too-many-cache-breakpoints": {
    refused: { system: [marked, marked, marked, marked, marked] },
    accepted: { system: [marked, marked, marked, marked, text] },
    says: "A maximum of 4 blocks with cache_control may be provided. Found 5.",
  },
  "cache-control-in-tool-result": {
    refused: result(marked),
    accepted: result(text),
    says: extra("messages.2.content.0.content.0.cache_control"),
  },
});
