import { describeRules } from "../../../testing/describe-rules.js";
import { messagesStructuredOutputRules } from "./structured-output-rules.js";

const closed = { type: "object", additionalProperties: false };
const output = (schema: object) => ({ output_config: { format: { type: "json_schema", schema } } });
const holding = (inner: object) => output({ ...closed, properties: { list: { type: "array", items: inner } } });
const open = "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false";
const bound = (type: string, property: string) =>
  `output_config.format.schema: For '${type}' type, property '${property}' is not supported`;

describeRules("/v1/messages", messagesStructuredOutputRules, {
  "structured-output-on-vertex": {
    refused: output(closed),
    accepted: {},
    quirks: { messagesBackend: "vertex" },
    says: "structured output is not available on this backend",
    code: "FAILED_PRECONDITION",
  },
  "additional-properties": [
    { refused: output({ type: "object" }), accepted: output(closed), says: open },
    {
      refused: holding({ properties: {}, additionalProperties: true }),
      accepted: holding({ ...closed, properties: {} }),
      says: open,
    },
    {
      refused: output({ ...closed, $defs: { a: { type: ["object", "null"] } } }),
      accepted: output({ ...closed, $defs: { a: { type: ["string", "null"] } } }),
      says: open,
    },
  ],
  "schema-bounds": [
    {
      refused: holding({ type: "integer", minimum: 3 }),
      accepted: holding({ type: "integer", description: "at least 3" }),
      says: bound("integer", "minimum"),
    },
    {
      refused: output({ ...closed, properties: { a: { anyOf: [{ type: "string", maxLength: 5 }] } } }),
      accepted: output({ ...closed, properties: { maxLength: { anyOf: [{ type: "string" }] } } }),
      says: bound("string", "maxLength"),
    },
    {
      refused: output({ ...closed, properties: { a: { type: "array", items: {}, maxItems: 5 } } }),
      accepted: output({ ...closed, properties: { a: { type: "array", items: {} } } }),
      says: bound("array", "maxItems"),
    },
  ],
});
