import { describeRules } from "../../../testing/describe-rules.js";
import { messagesToolRules } from "./tool-rules.js";

const weather = { name: "weather", input_schema: { type: "object" } };
const bash = { type: "bash_20250124", name: "bash" };
const choose = (name: string) => ({ tools: [weather], tool_choice: { type: "tool", name } });
const longest = "n".repeat(128);

describeRules("/v1/messages", messagesToolRules, {
  "web-search-unsupported": {
    refused: { tools: [{ type: "web_search_20250305", name: "web_search" }] },
    accepted: { tools: [{ ...weather, name: "web_search" }] },
    says: "The use of the web search tool is not supported.",
    code: "unsupported_value",
  },
  "rejected-tools": {
    refused: { tools: [{ type: "web_fetch_20250910", name: "web_fetch" }] },
    accepted: { tools: [bash, { ...weather, type: "custom" }] },
    says: "rejected tool(s): web_fetch",
    code: "invalid_request_body",
  },
  "unsupported-tool-field": {
    refused: { tools: [{ ...weather, eager_input_streaming: true }] },
    accepted: { tools: [{ ...weather, description: "d" }] },
    says: "tools.0.custom.eager_input_streaming: Extra inputs are not permitted",
  },
  "tool-name": [
    {
      refused: { tools: [{ ...weather, name: "get.weather" }] },
      accepted: { tools: [{ ...weather, name: "get-weather_1" }] },
      says: "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
    },
    {
      refused: { tools: [weather, { ...weather, name: `${longest}n` }] },
      accepted: { tools: [weather, { ...weather, name: longest }] },
      says: "tools.1.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
    },
  ],
  "duplicate-tool-name": {
    refused: { tools: [bash, { ...weather, name: "bash" }] },
    accepted: { tools: [bash, weather] },
    says: "tools: Tool names must be unique.",
  },
  "input-schema-type": [
    {
      refused: { tools: [{ ...weather, input_schema: { properties: {} } }] },
      accepted: { tools: [weather] },
      says: "tools.0.custom.input_schema.type: Field required",
    },
    {
      refused: { tools: [{ ...weather, input_schema: { type: "array" } }] },
      accepted: { tools: [weather] },
      says: "tools.0.custom.input_schema.type: Input should be 'object'",
    },
    {
      refused: { tools: [{ name: "f" }] },
      accepted: { tools: [bash] },
      says: "tools.0.custom.input_schema: Field required",
    },
  ],
  "tool-choice-without-tools": {
    refused: { tool_choice: { type: "auto" } },
    accepted: { tool_choice: { type: "auto" }, tools: [weather] },
    says: "tool_choice may only be specified while providing tools.",
  },
  "tool-choice-unknown": {
    refused: choose("time"),
    accepted: choose("weather"),
    says: "Tool 'time' not found in provided tools",
  },
});
