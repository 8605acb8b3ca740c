import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { fitCallId } from "../../canonical/fit-call-id.js";
import { isSealed } from "../../canonical/seal-reasoning.js";
import { nameFile } from "../../service-rules/name-file.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";
import { decodeCompaction } from "../compaction.js";
import { decodeOtherItem, isHostedItem } from "../decode-other-item.js";
import { encodeMessage } from "../encode-request.js";

const idsRotate: ServiceRule = { name: "item-ids-rotate", source: "docs/copilot-service.md#rotating-item-ids" };
const callIdsAreShort: ServiceRule = {
  name: "call-ids-are-short",
  source: "docs/copilot-service.md#call-id-length, openai-agents-python PR#1513",
};
const sealedElsewhere: ServiceRule = {
  name: "reasoning-sealed-for-another-wire",
  source: "docs/copilot-service.md#sealed-reasoning",
};
const filesHaveNames: ServiceRule = { name: "files-have-names", source: "laravel/ai#321" };
const itemsAreKnown: ServiceRule = { name: "items-are-known", source: "codex#33551, OpenAI's API" };
const longestCallId = 64;

/** One pass over the items. */
export const fitItems: RuleStep = {
  rules: [itemsAreKnown, idsRotate, callIdsAreShort, sealedElsewhere, filesHaveNames],
  fit(body, _context, applied) {
    const input = rewriteObjects(tellUnknown(body.input, applied), (item) => fitItem(item, applied));
    return withMember(body, "input", input);
  },
};

/**
 * In words, what hosted tools found and what the gateway itself sealed: the service knows neither the tools nor, but for
 * web search, their items.
 */
function tellUnknown(input: JsonValue | undefined, applied: Set<string>): JsonValue | undefined {
  if (!isArray(input) || !input.some((item) => isObject(item) && isUnknown(item))) return input;
  applied.add(itemsAreKnown.name);
  return input.flatMap((item, index): readonly JsonValue[] =>
    isObject(item) && isUnknown(item) ? tellItem(item, index) : [item],
  );
}

function isUnknown(item: JsonObject): boolean {
  if (item.type === "computer_call_output") return true;
  if (item.type === "compaction") return decodeCompaction(item) !== null;
  return item.type !== "web_search_call" && isHostedItem(item);
}

/** Nothing where there are no words. */
function tellItem(item: JsonObject, index: number): readonly JsonObject[] {
  const told = decodeOtherItem(item, `input.${index}`);
  return told.content.some((part) => part.type === "wire") ? [] : encodeMessage(told, []);
}

function fitItem(item: JsonObject, applied: Set<string>): JsonObject | null {
  if (item.type === "item_reference") {
    applied.add(idsRotate.name);
    return null;
  }
  if (item.type === "reasoning" && typeof item.encrypted_content === "string" && isSealed(item.encrypted_content)) {
    applied.add(sealedElsewhere.name);
    return null;
  }
  // A local shell's output names its call by its own id.
  const namesCall = item.type === "local_shell_call_output" && typeof item.call_id !== "string";
  const withoutId = namesCall ? item : withoutMembers(item, ["id"]);
  if (withoutId !== item) applied.add(idsRotate.name);
  return fitFiles(fitCall(withoutId, applied), applied);
}

function fitCall(item: JsonObject, applied: Set<string>): JsonObject {
  const { call_id: callId } = item;
  if (typeof callId !== "string" || callId.length <= longestCallId) return item;
  applied.add(callIdsAreShort.name);
  return { ...item, call_id: fitCallId(callId) };
}

function fitFiles(item: JsonObject, applied: Set<string>): JsonObject {
  const named = (part: JsonObject): JsonObject => {
    if (part.type !== "input_file" || typeof part.file_data !== "string" || (part.filename ?? "") !== "") return part;
    applied.add(filesHaveNames.name);
    return { ...part, filename: nameFile(part.file_data) };
  };
  const content = rewriteObjects(item.content, named);
  return withMember(withMember(item, "content", content), "output", rewriteObjects(item.output, named));
}
