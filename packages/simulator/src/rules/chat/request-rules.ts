import { isJsonObject, objectsOf, stringOf } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";

const maximumStops = 4;
const partTypes = ["text", "image_url", "input_audio", "file", "refusal"];

/** Fields and content of `/chat/completions`. */
export const chatRequestRules: readonly RuleRow[] = [
  {
    id: "messages-missing",
    refuses: "no message",
    source: "OpenAI's API",
    check: ({ body }) => (objectsOf(body.messages).length === 0 ? found : undefined),
    error: { status: 400, shape: "service", message: "messages: at least one message is required" },
  },
  {
    id: "max-tokens-unsupported",
    refuses: "`max_tokens` for gpt-5",
    source: "ericc-ch/copilot-api#222",
    check: ({ body, model }) => (model.needsMaxCompletionTokens && body.max_tokens != null ? found : undefined),
    error: {
      status: 400,
      shape: "service",
      message:
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    },
  },
  {
    id: "stream-options-without-stream",
    refuses: "`stream_options` without `stream`",
    source: "OpenAI's API",
    check: ({ body }) => (body.stream_options != null && body.stream !== true ? found : undefined),
    error: {
      status: 400,
      shape: "service",
      message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    },
  },
  {
    id: "too-many-stops",
    refuses: "more than 4 stop sequences",
    source: "OpenAI's API",
    check: ({ request }) => {
      const count = request.stopSequences.length;
      return count > maximumStops ? { count, limit: maximumStops } : undefined;
    },
    error: {
      status: 400,
      shape: "service",
      message:
        "Invalid 'stop': array too long. Expected an array with maximum length {limit}, but got an array with length {count} instead.",
    },
  },
  {
    id: "unknown-part-type",
    refuses: "a content part of another type (`input_text`, `tool_result`, …)",
    source: "sub2api PR#1575, OpenAI's API",
    check: ({ body }) => {
      for (const [index, { content }] of objectsOf(body.messages).entries()) {
        const position = objectsOf(content).findIndex((part) => !partTypes.includes(stringOf(part.type)));
        const type = stringOf(objectsOf(content)[position]?.type);
        if (position >= 0) return { index, position, type };
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "service",
      message: `Invalid value: '{type}' at 'messages[{index}].content[{position}].type'. Supported values are: ${partTypes.map((type) => `'${type}'`).join(", ")}.`,
    },
  },
  {
    id: "unknown-tool-type",
    refuses: "a tool that is not `{type: function, function: {…}}` or the like for `custom`",
    source: "sub2api PR#1575, OpenAI's API",
    check: ({ body }) => {
      const index = objectsOf(body.tools).findIndex((tool) => !isJsonObject(tool[stringOf(tool.type) || "type"]));
      return index < 0 ? undefined : { index };
    },
    error: { status: 400, shape: "service", message: "Missing required parameter: 'tools[{index}].function'." },
  },
];
