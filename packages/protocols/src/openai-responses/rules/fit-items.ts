import type { JsonObject } from "@copilot-llm/model";
import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { fitCallId } from "../../canonical/fit-call-id.js";
import { isSealed } from "../../canonical/seal-reasoning.js";
import { nameFile } from "../../service-rules/name-file.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";

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
const longestCallId = 64;

/** One pass over the items. */
export const fitItems: RuleStep = {
  rules: [idsRotate, callIdsAreShort, sealedElsewhere, filesHaveNames],
  fit: (body, _context, applied) =>
    withMember(
      body,
      "input",
      rewriteObjects(body.input, (item) => fitItem(item, applied)),
    ),
};

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
