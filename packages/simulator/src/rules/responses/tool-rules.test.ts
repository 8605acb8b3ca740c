import { describeRules } from "../../../testing/describe-rules.js";
import { responsesToolRules } from "./tool-rules.js";

const tool = (parameters: object, more: object = {}) => ({ type: "function", name: "f", parameters, ...more });
const namespace = (description: string | undefined, ...tools: unknown[]) => ({
  type: "namespace",
  name: "functions",
  description,
  tools,
});
const additional = (...tools: unknown[]) => ({
  input: [
    { type: "additional_tools", role: "developer", tools },
    { role: "user", content: "x" },
  ],
});
const emptyString = (at: string) =>
  `Invalid '${at}.description': empty string. Expected a string with minimum length 1, but got an empty string instead.`;

describeRules("/responses", responsesToolRules, {
  "web-search-unsupported": {
    refused: { tools: [{ type: "web_search" }] },
    accepted: { tools: [tool({}, { name: "web_search" })] },
    says: "The use of the web search tool is not supported.",
    code: "unsupported_value",
  },
  "hosted-tool-unsupported": {
    refused: { tools: [{ type: "image_generation" }] },
    accepted: { tools: [{ type: "custom", name: "f" }] },
    says: "rejected tool(s): image_generation",
  },
  "empty-tool-description": [
    {
      refused: additional(namespace("", tool({}))),
      accepted: additional(namespace("Tools.", tool({}))),
      says: emptyString("input[0].tools[0]"),
    },
    {
      refused: { tools: [namespace("n", tool({}, { description: "" }))] },
      accepted: { tools: [namespace(undefined, tool({}))] },
      says: emptyString("tools[0].tools[0]"),
    },
  ],
  "parameters-without-properties": {
    refused: additional(namespace("n", tool({ type: "object" }))),
    accepted: additional(namespace("n", tool({ type: "object", properties: {} }))),
    says: "Invalid schema for function 'f': In context=(), object schema missing properties.",
    code: "invalid_function_parameters",
  },
  "array-without-items": {
    refused: { tools: [tool({ type: "object", properties: { a: { type: "array" } } })] },
    accepted: { tools: [tool({ type: "object", properties: { a: { type: "array", items: {} } } })] },
    says: "Invalid schema for function 'f': In context=('properties', 'a'), array schema missing items.",
  },
  "tool-choice-unknown": {
    refused: { tools: [tool({})], tool_choice: { type: "function", name: "g" } },
    accepted: { tools: [tool({})], tool_choice: { type: "function", name: "f" } },
    says: "Tool choice 'g' not found in 'tools' parameter.",
  },
});
