import type { JsonObject } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import { optionalString, requiredString } from "../body/fields.js";
import { isArray, isObject } from "../body/json.js";
import { withoutMembers } from "../body/rewrite.js";
import { fitInput } from "../canonical/fit-input.js";
import type { AssistantPart, ToolOutputPart, ToolResultPart } from "../canonical/part.js";
import type { CanonicalMessage } from "../canonical/request.js";
import { decodeOtherPart, decodeWords } from "../codec/decode-other-part.js";
import { readText } from "../codec/read-text.js";
import { decodeCompaction } from "./compaction.js";

const wire = "openai-responses";

/** What a service itself ran: a call that holds its result, or what belongs to one. A computer's call is the client's. */
const hosted =
  /^(?:web_search|file_search|code_interpreter|image_generation|computer|mcp)_(?:call|list_tools|approval_request|approval_response)$/;

/** True for an item of a tool that has a service of its own behind it at OpenAI. */
export function isHostedItem({ type }: JsonObject): boolean {
  return typeof type === "string" && hosted.test(type);
}

/**
 * An item without a case of its own. A call is carried as a call and its output as the result; of what the service ran
 * itself, and of what nobody knows, the words; of a compaction what it asks for or holds. Throws `invalid_request` for an unknown item without any.
 */
export function decodeOtherItem(item: JsonObject, at: string): CanonicalMessage {
  const type = String(item.type);
  const compaction = decodeCompaction(item);
  if (compaction !== null) return { role: "user", content: [compaction] };
  if (type.endsWith("_call") && typeof item.call_id === "string") {
    return { role: "assistant", content: [decodeCall(item, type, `${at}.`)] };
  }
  if (type.endsWith("_output")) return { role: "tool", content: [decodeOutput(item, at)] };
  if (isHostedItem(item)) return { role: "assistant", content: [decodeHosted(item)] };
  return { role: item.role === "assistant" ? "assistant" : "user", content: [decodeWords(item, at)] };
}

/** What another agent says to this one. */
export function decodeAgentMessage(item: JsonObject, at: string): ToolOutputPart[] {
  const { content, author } = item;
  const parts = isArray(content)
    ? content.flatMap((part, index) => (isObject(part) ? [decodeOtherPart(part, `${at}.content.${index}`)] : []))
    : [decodeWords(item, at)];
  const text = typeof author === "string" && author !== "" ? `Message from the agent ${author}:` : null;
  return text === null ? parts : [{ type: "text", text, cache: null }, ...parts];
}

/** `local_shell_call`, `shell_call`, `apply_patch_call`, `tool_search_call`, …: what is to be done is its input. */
function decodeCall(item: JsonObject, type: string, at: string): AssistantPart {
  const asked = item.action ?? item.actions ?? item.operation ?? item.arguments ?? item.input ?? {};
  const input = fitInput("function", typeof asked === "string" ? asked : writeJson(asked));
  const callId = requiredString(item, "call_id", at);
  const name = optionalString(item, "name", at) ?? type.slice(0, -"_call".length);
  return { type: "tool-call", callId, kind: "function", name, namespace: null, input, cache: null };
}

function decodeOutput(item: JsonObject, at: string): ToolResultPart {
  // A local shell's output names its call by its own id.
  const callId = optionalString(item, "call_id", `${at}.`) ?? requiredString(item, "id", `${at}.`);
  const output = decodeOutputParts(item, at);
  return { type: "tool-result", callId, kind: "function", output, isError: false, cache: null };
}

/** Text and parts as they are; what has a form of its own (exit codes beside streams, tools that were found) as JSON. */
function decodeOutputParts(item: JsonObject, at: string): readonly ToolOutputPart[] {
  const { output } = item;
  if (typeof output === "string") return [{ type: "text", text: output, cache: null }];
  if (isObject(output) && typeof output.type === "string") return [decodeOtherPart(output, `${at}.output`)];
  if (isArray(output) && output.every((part) => isObject(part) && typeof part.type === "string")) {
    return output.map((part, index) => decodeOtherPart(part as JsonObject, `${at}.output.${index}`));
  }
  const found = isArray(item.tools) ? item.tools.map((tool) => (isObject(tool) ? (tool.name ?? null) : null)) : null;
  const told = output ?? found ?? withoutMembers(item, ["type", "id", "call_id"]);
  return [{ type: "text", text: writeJson(told), cache: null }];
}

function decodeHosted(item: JsonObject): AssistantPart {
  const text = readText(item);
  return text === "" ? { type: "wire", wire, item } : { type: "text", text, cache: null };
}
