import { describeRules } from "../../../testing/describe-rules.js";
import { chatRequestRules } from "./request-rules.js";

const say = (...content: unknown[]) => ({ messages: [{ role: "user", content }] });
const supported = "Supported values are: 'text', 'image_url', 'input_audio', 'file', 'refusal'.";

describeRules("/chat/completions", chatRequestRules, {
  "messages-missing": {
    refused: { messages: [] },
    accepted: say({ type: "text", text: "x" }),
    says: "messages: at least one message is required",
  },
  "max-tokens-unsupported": {
    refused: { model: "gpt-5-mini", max_tokens: 5 },
    accepted: { model: "gpt-5-mini", max_completion_tokens: 5 },
    says: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    code: "invalid_request_body",
  },
  "stream-options-without-stream": {
    refused: { stream_options: { include_usage: true } },
    accepted: { stream_options: { include_usage: true }, stream: true },
    says: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
  },
  "too-many-stops": {
    refused: { stop: ["a", "b", "c", "d", "e"] },
    accepted: { stop: ["a", "b", "c", "d"] },
    says: "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length 5 instead.",
  },
  "unknown-part-type": [
    {
      refused: say({ type: "text", text: "x" }, { type: "input_text", text: "x" }),
      accepted: say({ type: "text", text: "x" }, { type: "file", file: { file_data: "data:text/plain;base64,QQ==" } }),
      says: `Invalid value: 'input_text' at 'messages[0].content[1].type'. ${supported}`,
    },
    {
      refused: say({ type: "tool_result", tool_use_id: "t", content: "x" }),
      accepted: say({ type: "text", text: "x" }),
      says: `Invalid value: 'tool_result' at 'messages[0].content[0].type'. ${supported}`,
    },
  ],
  "unknown-tool-type": [
    {
      refused: { tools: [{ name: "f", input_schema: { type: "object" } }] },
      accepted: { tools: [{ type: "custom", custom: { name: "f" } }] },
      says: "Missing required parameter: 'tools[0].function'.",
    },
    {
      refused: { tools: [{ type: "function", name: "f", parameters: {} }] },
      accepted: { tools: [{ type: "function", function: { name: "f", parameters: {} } }] },
      says: "Missing required parameter: 'tools[0].function'.",
    },
  ],
});
