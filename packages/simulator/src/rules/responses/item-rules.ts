import { type JsonObject, stringOf } from "../../json-value.js";
import { inputItems } from "../../wires/responses/read-request.js";
import type { Finding } from "../finding.js";
import { found } from "../finding.js";
import type { RuleInput, RuleRow } from "../rule-row.js";
import { itemType, locateParts } from "./input-items.js";

const maximumIdLength = 64;
const itemTypes = [
  "message",
  "reasoning",
  "function_call",
  "function_call_output",
  "custom_tool_call",
  "custom_tool_call_output",
  "local_shell_call",
  "local_shell_call_output",
  "shell_call",
  "shell_call_output",
  "apply_patch_call",
  "apply_patch_call_output",
  "tool_search_call",
  "tool_search_output",
  "web_search_call",
  "additional_tools",
  "agent_message",
  "compaction",
  "compaction_trigger",
  "item_reference",
];
const partTypes = [
  "input_text",
  "input_image",
  "input_file",
  "output_text",
  "refusal",
  "summary_text",
  "encrypted_content",
  "reasoning_text",
];
/** Calls whose output must be in the request. */
const answeredCalls = ["function_call", "custom_tool_call", "local_shell_call", "shell_call", "apply_patch_call"];

/** Items of the conversation on `/responses`, and the pairing of calls with their outputs. */
export const responsesItemRules: readonly RuleRow[] = [
  {
    id: "unknown-item-type",
    refuses: "an item of a type that it does not know",
    source: "codex#33551, OpenAI's API",
    check: ({ body }) => {
      const index = inputItems(body).findIndex((item) => !itemTypes.includes(itemType(item)));
      const item = inputItems(body)[index];
      return item === undefined ? undefined : { index, type: itemType(item) };
    },
    error: {
      status: 400,
      shape: "service",
      message: `Invalid value: '{type}' at 'input[{index}].type'. Supported values are: ${itemTypes.map((type) => `'${type}'`).join(", ")}.`,
    },
  },
  {
    id: "unknown-part-type",
    refuses: "a content part of a type that it does not know (`image_url`, `tool_result`, …)",
    source: "OpenAI's API",
    check: ({ body }) => {
      const unknown = locateParts(body).find(({ part }) => !partTypes.includes(stringOf(part.type)));
      return unknown === undefined ? undefined : { at: unknown.at, type: stringOf(unknown.part.type) };
    },
    error: { status: 400, shape: "service", message: "Invalid value: '{type}' at '{at}.type'." },
  },
  {
    id: "item-reference-unknown",
    refuses: "an `item_reference`",
    source: "captures of the service",
    check: ({ body }) => {
      const reference = inputItems(body).find((item) => item.type === "item_reference");
      return reference === undefined ? undefined : { id: stringOf(reference.id) };
    },
    error: {
      status: 400,
      shape: "service",
      message: "Item with id '{id}' not found. Items are not persisted when `store` is false.",
    },
  },
  {
    id: "call-id-too-long",
    refuses: "a `call_id` of more than 64 characters",
    source: "openai-agents-python PR#1513",
    check: ({ body }) => findLong(body, "call_id"),
    error: {
      status: 400,
      shape: "service",
      message:
        "Invalid 'input[{index}].call_id': string too long. Expected a string with maximum length {limit}, but got a string with length {length} instead.",
    },
  },
  {
    id: "item-id-too-long",
    refuses: "an item `id` of more than 64 characters",
    source: "openai-agents-python PR#1513",
    check: ({ body }) => findLong(body, "id"),
    error: {
      status: 400,
      shape: "service",
      message:
        "Invalid 'input[{index}].id': string too long. Expected a string with maximum length {limit}, but got a string with length {length} instead.",
    },
  },
  {
    id: "orphan-tool-output",
    refuses: "an output whose call does not stand before it",
    source: "OpenAI's API",
    check: ({ body }) => {
      const calls = new Set<string>();
      for (const item of inputItems(body)) {
        const type = itemType(item);
        if (answeredCalls.includes(type)) calls.add(stringOf(item.call_id));
        else if (isOutput(type) && !calls.has(outputId(item))) return { id: outputId(item) };
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "service",
      message: "No tool call found for function call output with call_id {id}.",
    },
  },
  {
    id: "unanswered-call",
    refuses: "a call without its output",
    source: "OpenAI's API",
    check: ({ body }) => {
      const items = inputItems(body);
      const answered = new Set(items.filter((item) => isOutput(itemType(item))).map(outputId));
      const open = items.find(
        (item) => answeredCalls.includes(itemType(item)) && !answered.has(stringOf(item.call_id)),
      );
      return open === undefined ? undefined : { id: stringOf(open.call_id) };
    },
    error: { status: 400, shape: "service", message: "No tool output found for function call {id}." },
  },
  {
    id: "foreign-item-id",
    refuses: "an item id that it issued to another account (or connection, by quirk)",
    source: "captures of the service",
    check: (input) => (inputItems(input.body).some((item) => isForeign(stringOf(item.id), input)) ? found : undefined),
    error: { status: 400, shape: "service", message: "input item ID does not belong to this connection" },
  },
];

function isOutput(type: string): boolean {
  return type.endsWith("_call_output");
}

/** The call that an output answers; a local shell's names it `id`. */
function outputId(item: JsonObject): string {
  return stringOf(item.call_id) || stringOf(item.id);
}

function findLong(body: JsonObject, field: "id" | "call_id"): Finding | undefined {
  const items = inputItems(body);
  const index = items.findIndex((item) => stringOf(item[field]).length > maximumIdLength);
  return index < 0 ? undefined : { index, limit: maximumIdLength, length: stringOf(items[index]?.[field]).length };
}

/** A client's own ids are not checked. */
function isForeign(id: string, { ids, origin, quirks }: RuleInput): boolean {
  const issued = ids.originOf(id);
  if (issued === undefined || quirks.itemIdsBoundTo === "anyone") return false;
  if (issued.account !== origin.account) return true;
  return quirks.itemIdsBoundTo === "connection" && issued.connection !== origin.connection;
}
