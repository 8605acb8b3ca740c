import { numberOf, stringOf } from "../../json-value.js";
import { inputItems } from "../../wires/responses/read-request.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";
import { locateParts } from "./input-items.js";

const leastOutputTokens = 16;

/** Fields and files of `/responses`. */
export const responsesRequestRules: readonly RuleRow[] = [
  {
    id: "input-missing",
    refuses: "no input",
    source: "OpenAI's API",
    check: ({ body }) => (inputItems(body).length > 0 ? undefined : found),
    error: { status: 400, shape: "service", message: "Missing required parameter: 'input'." },
  },
  {
    id: "previous-response-unknown",
    refuses: "`previous_response_id`",
    source: "captures of the service",
    check: ({ body }) => (body.previous_response_id == null ? undefined : { id: String(body.previous_response_id) }),
    error: {
      status: 400,
      shape: "service",
      message: "Previous response with id '{id}' not found.",
      code: "previous_response_not_found",
    },
  },
  {
    id: "service-tier-unsupported",
    refuses: "`service_tier`",
    source: "captures of the service",
    check: ({ body }) => (body.service_tier == null ? undefined : found),
    error: { status: 400, shape: "service", message: "service_tier is not supported", code: "unsupported_value" },
  },
  {
    id: "max-output-tokens-too-small",
    refuses: "`max_output_tokens` below 16",
    source: "OpenAI's API",
    check: ({ body }) => {
      const value = numberOf(body.max_output_tokens);
      return value !== undefined && value < leastOutputTokens ? { value, limit: leastOutputTokens } : undefined;
    },
    error: {
      status: 400,
      shape: "service",
      message:
        "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= {limit}, but got {value} instead.",
    },
  },
  {
    id: "file-without-name",
    refuses: "an inline file without a `filename`",
    source: "laravel/ai#321",
    check: ({ body }) => {
      const nameless = locateParts(body).find(
        ({ part }) => part.type === "input_file" && part.file_data !== undefined && stringOf(part.filename) === "",
      );
      return nameless === undefined ? undefined : { at: nameless.at };
    },
    error: { status: 400, shape: "service", message: "Missing required parameter: '{at}.filename'." },
  },
];
