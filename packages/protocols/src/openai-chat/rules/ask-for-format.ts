import type { JsonObject } from "@copilot-llm/model";
import { writeJson } from "../../body/exact-json.js";
import { isArray, isObject, objectOrNull } from "../../body/json.js";
import { withoutMembers } from "../../body/rewrite.js";
import { askForJson } from "../../canonical/ask-for-json.js";
import { createRule } from "../../service-rules/service-rule.js";

/**
 * The service's Chat endpoint answers for Claude as if no `response_format` had been asked for: the instructions ask for
 * it in words. Only what no other wire of the model does comes here with a schema.
 */
export const askForFormat = createRule({
  name: "claude-is-asked-for-json",
  source: "docs/copilot-service.md#chat-ignores-schema",
  models: "claude",
  rewrite(body) {
    const asked = askInWords(objectOrNull(body.response_format));
    const { messages } = body;
    if (asked === null || !isArray(messages)) return body;
    const begin = messages.findIndex((message) => !isObject(message) || !instructionRoles.has(String(message.role)));
    const count = begin === -1 ? messages.length : begin;
    const instruction = { role: "system", content: asked };
    return {
      ...withoutMembers(body, ["response_format"]),
      messages: [...messages.slice(0, count), instruction, ...messages.slice(count)],
    };
  },
});

const instructionRoles: ReadonlySet<string> = new Set(["system", "developer"]);

function askInWords(format: JsonObject | null): string | null {
  if (format?.type === "json_object") return askForJson;
  if (format?.type !== "json_schema") return null;
  const schema = objectOrNull(objectOrNull(format.json_schema)?.schema);
  return schema === null ? askForJson : `${askForJson} It must match this JSON schema:\n${writeJson(schema)}`;
}
