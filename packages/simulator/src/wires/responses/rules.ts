import { isJsonObject, objectsOf, stringOf } from "../../json-value.js";
import { createServiceError } from "../refusal.js";
import type { RequestRule, RuleInput } from "../request-rule.js";
import { inputItems } from "./read-request.js";

const maximumCallIdLength = 64;
const unsupportedTools = new Set([
  "image_generation",
  "mcp",
  "code_interpreter",
  "file_search",
  "computer_use_preview",
]);

const invalid = (message: string, code = "invalid_request_body") => createServiceError(400, message, code);

const inputMissing: RequestRule = {
  name: "input-missing",
  check: ({ body }) => (inputItems(body).length > 0 ? undefined : invalid("Missing required parameter: 'input'.")),
};

const previousResponseUnknown: RequestRule = {
  name: "previous-response-unknown",
  check: ({ body }) =>
    body.previous_response_id == null
      ? undefined
      : invalid(
          `Previous response with id '${String(body.previous_response_id)}' not found.`,
          "previous_response_not_found",
        ),
};

const itemReferenceUnknown: RequestRule = {
  name: "item-reference-unknown",
  check: ({ body }) => {
    const reference = inputItems(body).find((item) => item.type === "item_reference");
    return reference === undefined
      ? undefined
      : invalid(`Item with id '${stringOf(reference.id)}' not found. Items are not persisted when \`store\` is false.`);
  },
};

const callIdTooLong: RequestRule = {
  name: "call-id-too-long",
  check: ({ body }) => {
    const index = inputItems(body).findIndex((item) => stringOf(item.call_id).length > maximumCallIdLength);
    return index < 0
      ? undefined
      : invalid(
          `Invalid 'input[${index}].call_id': string too long. Expected a string with maximum length ${maximumCallIdLength}.`,
        );
  },
};

const orphanOutput: RequestRule = {
  name: "orphan-tool-output",
  check: ({ body }) => {
    const calls = new Set<string>();
    for (const item of inputItems(body)) {
      const callId = stringOf(item.call_id);
      if (item.type === "function_call" || item.type === "custom_tool_call") calls.add(callId);
      if ((item.type === "function_call_output" || item.type === "custom_tool_call_output") && !calls.has(callId)) {
        return invalid(`No tool call found for function call output with call_id ${callId}.`);
      }
    }
    return undefined;
  },
};

/** Ids that this service issued are only good for whom they were issued to; a client's own ids are not checked. */
const foreignItemId: RequestRule = {
  name: "foreign-item-id",
  check: (input) =>
    inputItems(input.body).some((item) => isForeign(stringOf(item.id), input))
      ? invalid("input item ID does not belong to this connection")
      : undefined,
};

const foreignEncryptedContent: RequestRule = {
  name: "foreign-encrypted-content",
  check: (input) => {
    const blobs = inputItems(input.body).flatMap((item) =>
      typeof item.encrypted_content === "string" ? [item.encrypted_content] : [],
    );
    const foreign = blobs.some((blob) => input.ids.originOf(blob)?.account !== input.origin.account);
    return foreign ? invalid("The encrypted content could not be verified.", "invalid_encrypted_content") : undefined;
  },
};

const serviceTierUnsupported: RequestRule = {
  name: "service-tier-unsupported",
  check: ({ body }) =>
    body.service_tier == null ? undefined : invalid("service_tier is not supported", "unsupported_value"),
};

const webSearchUnsupported: RequestRule = {
  name: "web-search-unsupported",
  check: ({ body }) =>
    objectsOf(body.tools).some((tool) => stringOf(tool.type).startsWith("web_search"))
      ? invalid("The use of the web search tool is not supported.", "unsupported_value")
      : undefined,
};

const hostedToolUnsupported: RequestRule = {
  name: "hosted-tool-unsupported",
  check: ({ body }) => {
    const tool = objectsOf(body.tools).find((offered) => unsupportedTools.has(stringOf(offered.type)));
    return tool === undefined ? undefined : invalid(`rejected tool(s): ${stringOf(tool.type)}`);
  },
};

const toolChoiceUnknown: RequestRule = {
  name: "tool-choice-unknown",
  check: ({ body, request }) => {
    const choice = isJsonObject(body.tool_choice) ? stringOf(body.tool_choice.name) : "";
    return choice === "" || request.tools.some((tool) => tool.name === choice)
      ? undefined
      : invalid(`Tool choice '${choice}' not found in 'tools' parameter.`);
  },
};

/** What `/responses` refuses. */
export const responsesRules: readonly RequestRule[] = [
  inputMissing,
  previousResponseUnknown,
  itemReferenceUnknown,
  callIdTooLong,
  orphanOutput,
  foreignItemId,
  foreignEncryptedContent,
  serviceTierUnsupported,
  webSearchUnsupported,
  hostedToolUnsupported,
  toolChoiceUnknown,
];

function isForeign(id: string, { ids, origin, quirks }: RuleInput): boolean {
  const issued = ids.originOf(id);
  if (issued === undefined || quirks.itemIdsBoundTo === "anyone") return false;
  if (issued.account !== origin.account) return true;
  return quirks.itemIdsBoundTo === "connection" && issued.connection !== origin.connection;
}
