import { describeRules } from "../../../testing/describe-rules.js";
import { chatToolRules } from "./tool-rules.js";

const offer = (parameters: object, more: object = {}) => ({
  tools: [{ type: "function", function: { name: "f", parameters, ...more } }],
});
const holding = (list: object) => offer({ type: "object", properties: { list } });
const gemini = { model: "gemini-2.5-pro" };

describeRules("/chat/completions", chatToolRules, {
  "parameters-without-properties": [
    {
      refused: offer({ type: "object", additionalProperties: false }),
      accepted: offer({ type: "object", properties: {} }),
      says: "Invalid schema for function 'f': In context=(), object schema missing properties.",
      code: "invalid_function_parameters",
    },
    {
      refused: offer({ type: "object" }),
      accepted: { ...offer({ type: "object" }), model: "claude-sonnet-4.6" },
      says: "Invalid schema for function 'f': In context=(), object schema missing properties.",
    },
    {
      refused: offer({ type: "object" }),
      accepted: holding({ type: "object" }),
      says: "Invalid schema for function 'f': In context=(), object schema missing properties.",
    },
  ],
  "array-without-items": [
    {
      refused: holding({ type: "array" }),
      accepted: holding({ type: "array", items: {} }),
      says: "Invalid schema for function 'f': In context=('properties', 'list'), array schema missing items.",
      code: "invalid_request_body",
    },
    {
      refused: holding({ anyOf: [{ type: "string" }, { type: ["string", "array"] }] }),
      accepted: holding({ anyOf: [{ type: "string" }, { type: ["string", "array"], items: { type: "string" } }] }),
      says: "Invalid schema for function 'f': In context=('properties', 'list', 'anyOf', '1', 'type', '1'), array schema missing items.",
    },
  ],
  "tool-choice-without-tools": {
    refused: { tool_choice: "auto" },
    accepted: { tool_choice: "auto", ...offer({}) },
    says: "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
  },
  "parallel-tool-calls-without-tools": {
    refused: { parallel_tool_calls: false },
    accepted: { parallel_tool_calls: false, ...offer({}) },
    says: "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
  },
  "empty-tool-description": {
    refused: offer({}, { description: "" }),
    accepted: offer({}, { description: "d" }),
    says: "Bad Request",
  },
  "gemini-union-in-items": {
    refused: { ...gemini, ...holding({ type: "array", items: { type: ["object", "null"] } }) },
    accepted: { ...gemini, ...holding({ type: ["array", "null"], items: { type: ["object"] } }) },
    says: "Bad Request",
  },
  "gemini-enum-on-array": {
    refused: { ...gemini, ...holding({ type: ["array", "null"], items: { type: "integer" }, enum: [[1], [2]] }) },
    accepted: { ...gemini, ...holding({ type: ["array", "null"], items: { type: "integer", enum: [1, 2] } }) },
    says: "Bad Request",
  },
});
