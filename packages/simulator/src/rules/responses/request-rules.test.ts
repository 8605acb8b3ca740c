import { describeRules } from "../../../testing/describe-rules.js";
import { responsesRequestRules } from "./request-rules.js";

const file = { type: "input_file", file_data: "data:application/pdf;base64,QUJD" };
const say = (...content: unknown[]) => ({ input: [{ role: "user", content }] });
const call = { type: "function_call", call_id: "c", name: "f", arguments: "{}" };

describeRules("/responses", responsesRequestRules, {
  "input-missing": { refused: { input: [] }, accepted: { input: "x" }, says: "Missing required parameter: 'input'." },
  "previous-response-unknown": {
    refused: { previous_response_id: "resp_1" },
    accepted: { previous_response_id: null },
    says: "Previous response with id 'resp_1' not found.",
    code: "previous_response_not_found",
  },
  "service-tier-unsupported": {
    refused: { service_tier: "flex" },
    accepted: { service_tier: null },
    says: "service_tier is not supported",
    code: "unsupported_value",
  },
  "max-output-tokens-too-small": {
    refused: { max_output_tokens: 15 },
    accepted: { max_output_tokens: 16 },
    says: "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.",
  },
  "file-without-name": [
    {
      refused: say({ type: "input_text", text: "x" }, file),
      accepted: say({ type: "input_text", text: "x" }, { ...file, filename: "a.pdf" }),
      says: "Missing required parameter: 'input[0].content[1].filename'.",
    },
    {
      refused: { input: [call, { type: "function_call_output", call_id: "c", output: [file] }] },
      accepted: say({ type: "input_file", file_id: "file_1" }),
      says: "Missing required parameter: 'input[1].output[0].filename'.",
    },
  ],
});
