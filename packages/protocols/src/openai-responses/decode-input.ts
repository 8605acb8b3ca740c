import type { JsonObject } from "@copilot-llm/model";
import { invalidField, optionalObjects, optionalString, requiredString } from "../body/fields.js";
import { stringOrNull } from "../body/json.js";
import { parseContent } from "../body/require-field.js";
import { appendMessage } from "../canonical/append-message.js";
import { decodeMediaUrl } from "../canonical/data-url.js";
import { fitInput } from "../canonical/fit-input.js";
import type { AssistantPart, FilePart, ImagePart, TextPart, ToolKind, ToolOutputPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalTool } from "../canonical/request.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { decodeOtherPart, decodeWords } from "../codec/decode-other-part.js";
import { decodeAgentMessage, decodeOtherItem } from "./decode-other-item.js";
import { decodeTool } from "./decode-tools.js";
import { nameCalls } from "./name-calls.js";

const wire = "openai-responses";

/** Instructions and input as a conversation in normal form, and the tools that stand among the input. */
export function decodeInput(
  body: JsonObject,
  warnings: string[],
): { messages: CanonicalMessage[]; tools: CanonicalTool[] } {
  const messages: CanonicalMessage[] = [];
  const tools: CanonicalTool[] = [];
  const instructions = optionalString(body, "instructions");
  if (instructions !== null && instructions !== "") {
    messages.push({ role: "system", content: [{ type: "text", text: instructions, cache: null }] });
  }
  if (typeof body.input === "string") {
    appendMessage(messages, { role: "user", content: [{ type: "text", text: body.input, cache: null }] });
    return { messages, tools };
  }
  optionalObjects({ input: nameCalls(body.input) }, "input").forEach((item, index) => {
    const at = `input.${index}`;
    if (bringsTools.has(String(item.type))) {
      const brought = optionalObjects(item, "tools", `${at}.`);
      tools.push(...brought.flatMap((tool, place) => decodeTool(tool, `${at}.tools.${place}.`, null)));
    }
    const message = item.type === "additional_tools" ? null : decodeItem(item, at, warnings);
    if (message !== null) appendMessage(messages, message);
  });
  return { messages, tools };
}

/** Items whose tools can be called from there on. */
const bringsTools: ReadonlySet<string> = new Set(["additional_tools", "tool_search_output"]);

function decodeItem(item: JsonObject, at: string, warnings: string[]): CanonicalMessage | null {
  switch (item.type ?? "message") {
    case "message":
      return decodeMessage(item, at);
    case "function_call":
    case "custom_tool_call":
      return { role: "assistant", content: [decodeCall(item, `${at}.`)] };
    case "function_call_output":
    case "custom_tool_call_output":
      return { role: "tool", content: [decodeOutput(item, at)] };
    case "reasoning":
      return { role: "assistant", content: [decodeReasoning(item, at)] };
    case "agent_message":
      return { role: "user", content: decodeAgentMessage(item, at) };
    case "item_reference":
      warnings.push(`\`${at}\` refers to an item that is not kept here and was left out.`);
      return null;
    default:
      return decodeOtherItem(item, at);
  }
}

function decodeMessage(item: JsonObject, at: string): CanonicalMessage {
  const content = parseContent(item.content, `${at}.content`);
  const parts: readonly JsonObject[] =
    typeof content === "string" ? (content === "" ? [] : [{ type: "input_text", text: content }]) : content;
  const partAt = (index: number): string => `${at}.content.${index}`;
  switch (item.role) {
    case "system":
    case "developer":
      return { role: "system", content: parts.map((part, index) => decodeText(part, partAt(index))) };
    case "user":
      return { role: "user", content: parts.map((part, index) => decodeUserPart(part, partAt(index))) };
    case "assistant":
      return { role: "assistant", content: parts.flatMap((part, index) => decodeAssistantPart(part, partAt(index))) };
    default:
      throw invalidField(`${at}.role`, `\`${at}.role\` must be user, assistant, system or developer.`);
  }
}

function decodeText(part: JsonObject, at: string): TextPart {
  return { type: "text", text: requiredString(part, "text", `${at}.`), cache: null };
}

function decodeUserPart(part: JsonObject, at: string): ToolOutputPart {
  switch (part.type) {
    case "input_text":
    case "output_text":
    case "text":
      return decodeText(part, at);
    case "input_image":
      return decodeImage(part, at);
    case "input_file":
      return decodeFile(part, at);
    default:
      return decodeOtherPart(part, at);
  }
}

function decodeImage(part: JsonObject, at: string): ImagePart {
  const url = optionalString(part, "image_url", `${at}.`);
  const id = optionalString(part, "file_id", `${at}.`);
  if (url === null && id === null) throw invalidField(at, `\`${at}\` needs \`image_url\` or \`file_id\`.`);
  const source = url === null ? ({ kind: "id", id: id ?? "" } as const) : decodeMediaUrl(url);
  return { type: "image", source, detail: optionalString(part, "detail", `${at}.`), cache: null };
}

function decodeFile(part: JsonObject, at: string): FilePart {
  const url = optionalString(part, "file_data", `${at}.`) ?? optionalString(part, "file_url", `${at}.`);
  const id = optionalString(part, "file_id", `${at}.`);
  if (url === null && id === null)
    throw invalidField(at, `\`${at}\` needs \`file_data\`, \`file_url\` or \`file_id\`.`);
  const source = url === null ? ({ kind: "id", id: id ?? "" } as const) : decodeMediaUrl(url);
  return { type: "file", source, filename: optionalString(part, "filename", `${at}.`), cache: null };
}

function decodeAssistantPart(part: JsonObject, at: string): AssistantPart[] {
  if (part.type === "refusal") return [{ type: "refusal", text: requiredString(part, "refusal", `${at}.`) }];
  if (typeof part.text !== "string") return [decodeWords(part, at)];
  return part.text === "" ? [] : [{ type: "text", text: part.text, cache: null }];
}

function decodeCall(item: JsonObject, at: string): AssistantPart {
  const kind: ToolKind = item.type === "custom_tool_call" ? "custom" : "function";
  return {
    type: "tool-call",
    callId: requiredString(item, "call_id", at),
    kind,
    name: requiredString(item, "name", at),
    namespace: optionalString(item, "namespace", at),
    input: fitInput(kind, optionalString(item, kind === "custom" ? "input" : "arguments", at)),
    cache: null,
  };
}

function decodeOutput(item: JsonObject, at: string) {
  const content = parseContent(item.output, `${at}.output`);
  const output: ToolOutputPart[] =
    typeof content === "string"
      ? [{ type: "text", text: content, cache: null }]
      : content.map((part, index) => decodeUserPart(part, `${at}.output.${index}`));
  const kind: ToolKind = item.type === "custom_tool_call_output" ? "custom" : "function";
  const callId = requiredString(item, "call_id", `${at}.`);
  return { type: "tool-result", callId, kind, output, isError: false, cache: null } as const;
}

function decodeReasoning(item: JsonObject, at: string): AssistantPart {
  const summary = optionalObjects(item, "summary", `${at}.`);
  const shown = summary.length > 0 ? summary : optionalObjects(item, "content", `${at}.`);
  const text = shown.map((part) => stringOrNull(part.text) ?? "").join("\n\n");
  return { type: "reasoning", text, opaque: unsealReasoning(stringOrNull(item.encrypted_content) ?? "", wire) };
}
