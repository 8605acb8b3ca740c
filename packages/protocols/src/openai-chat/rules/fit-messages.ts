import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { isSealed } from "../../canonical/seal-reasoning.js";
import { nameFile } from "../../service-rules/name-file.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";
import { decodeMessage } from "../decode-messages.js";
import { encodeMessage } from "../encode-messages.js";

const sealedElsewhere: ServiceRule = {
  name: "reasoning-sealed-for-another-wire",
  source: "docs/copilot-service.md#sealed-reasoning",
};
const partsOfOtherApis: ServiceRule = { name: "parts-of-other-apis", source: "sub2api PR#1575, Helicone#5629" };
const filesHaveNames: ServiceRule = { name: "files-have-names", source: "laravel/ai#321" };

const ownParts: ReadonlySet<JsonValue | undefined> = new Set(["text", "image_url", "input_audio", "file", "refusal"]);

/** One pass over the conversation. */
export const fitMessages: RuleStep = {
  rules: [sealedElsewhere, partsOfOtherApis, filesHaveNames],
  fit(body, _context, applied) {
    const { messages } = body;
    if (!isArray(messages)) return body;
    let fitted: JsonValue[] | null = null;
    for (let index = 0; index < messages.length; index += 1) {
      const message = messages[index];
      const next = isObject(message) ? fitMessage(message, index, applied) : null;
      if (next === null) {
        if (message !== undefined) fitted?.push(message);
        continue;
      }
      fitted ??= messages.slice(0, index);
      fitted.push(...next);
    }
    return fitted === null ? body : { ...body, messages: fitted };
  },
};

/** What stands for the message; null when it stays. */
function fitMessage(message: JsonObject, index: number, applied: Set<string>): readonly JsonObject[] | null {
  const unsealed = withoutForeignSeal(message, applied);
  if (!isArray(unsealed.content)) return unsealed === message ? null : [unsealed];
  if (unsealed.content.some((part) => isObject(part) && !ownParts.has(part.type))) {
    applied.add(partsOfOtherApis.name);
    return readAnew(unsealed, index);
  }
  const content = rewriteObjects(unsealed.content, (part) => withName(part, applied));
  const named = withMember(unsealed, "content", content);
  return named === message ? null : [named];
}

function withoutForeignSeal(message: JsonObject, applied: Set<string>): JsonObject {
  const sealed = message.reasoning_opaque;
  if (typeof sealed !== "string" || !isSealed(sealed)) return message;
  applied.add(sealedElsewhere.name);
  return withoutMembers(message, ["reasoning_opaque", "reasoning_text"]);
}

/** The message as the protocol has it; tool results inside a user's turn become messages before it. */
function readAnew(message: JsonObject, index: number): readonly JsonObject[] {
  const decoded = decodeMessage(message, `messages.${index}`, new Map());
  const anew = decoded.flatMap((one) => (one.content.length === 0 ? [] : encodeMessage(one, [])));
  const { name } = message;
  return name === undefined ? anew : anew.map((one) => (one.role === "tool" ? one : { ...one, name }));
}

function withName(part: JsonObject, applied: Set<string>): JsonObject {
  const { file } = part;
  if (!isObject(file) || typeof file.file_data !== "string" || (file.filename ?? "") !== "") return part;
  applied.add(filesHaveNames.name);
  return { ...part, file: { ...file, filename: nameFile(file.file_data) } };
}
