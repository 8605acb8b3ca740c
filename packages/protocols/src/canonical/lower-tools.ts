import { createHash } from "node:crypto";
import type { JsonObject } from "@copilot-llm/model";
import { parseObjectOrNull } from "../body/json.js";
import type { AssistantPart, ToolCallPart, ToolKind } from "../canonical/part.js";
import type {
  CanonicalMessage,
  CanonicalRequest,
  CanonicalTool,
  CustomTool,
  FunctionTool,
  ToolChoice,
} from "../canonical/request.js";

/** A tool as the client knows it. */
export interface ClientTool {
  readonly kind: ToolKind;
  readonly name: string;
  readonly namespace: string | null;
  /** The type by which the client knows it in place of a function. */
  readonly clientTool?: string;
}

/** The client's tools by the names that the upstream knows them by; only those that had to change. */
export type ToolNames = ReadonlyMap<string, ClientTool>;

export interface LoweredRequest {
  readonly request: CanonicalRequest;
  readonly toolNames: ToolNames;
}

const maxNameCharacters = 64;
const inputField = "input";

/**
 * Makes every tool one that the wire knows: unless it keeps their form, namespaces become part of the name and free-text
 * tools become functions with one string; names that no wire takes are mended for all. Calls in the history follow.
 */
export function lowerTools(request: CanonicalRequest, keepsForm: boolean): LoweredRequest {
  const flatNames = new Map<string, string>();
  const toolNames = new Map<string, ClientTool>();
  const taken = new Set<string>();

  const flatten = (name: string, namespace: string | null): string => {
    const full = keepsForm || namespace === null ? name : `${namespace}__${name}`;
    return fitName(full);
  };
  const nameOf = (name: string, namespace: string | null): string =>
    flatNames.get(toolKey(name, namespace)) ?? flatten(name, namespace);

  const lowerTool = (tool: CanonicalTool): CanonicalTool => {
    if (tool.type === "server") return tool;
    const wanted = flatten(tool.name, tool.namespace);
    const scope = keepsForm ? (tool.namespace ?? "") : "";
    const name = taken.has(`${scope} ${wanted}`) ? withDigest(wanted, `${tool.namespace}.${tool.name}`) : wanted;
    taken.add(`${scope} ${name}`);
    flatNames.set(toolKey(tool.name, tool.namespace), name);
    const own = tool.type === "function" && tool.clientTool !== undefined ? { clientTool: tool.clientTool } : null;
    const isLowered = !keepsForm && (tool.type === "custom" || tool.namespace !== null);
    if (isLowered || name !== tool.name || own !== null) {
      toolNames.set(name, { kind: tool.type, name: tool.name, namespace: tool.namespace, ...own });
    }
    if (keepsForm) return { ...tool, name };
    return tool.type === "custom" ? lowerCustomTool(tool, name) : { ...tool, name, namespace: null };
  };

  const tools = request.tools.map(lowerTool);
  const lowerCall = (call: ToolCallPart): ToolCallPart => {
    const name = nameOf(call.name, call.namespace);
    if (keepsForm) return { ...call, name };
    const input = call.kind === "custom" ? JSON.stringify({ [inputField]: call.input }) : call.input;
    return { ...call, kind: "function", name, namespace: null, input };
  };
  const lowered: CanonicalRequest = {
    ...request,
    tools,
    toolChoice: lowerChoice(request.toolChoice, nameOf, keepsForm),
    messages: request.messages.map((message) => lowerMessage(message, lowerCall, keepsForm)),
  };
  return { request: lowered, toolNames };
}

/** A call as the client knows it, from one that the upstream made by the lowered name. */
export function restoreCall(call: ToolCallPart, toolNames: ToolNames): ToolCallPart {
  const tool = toolNames.get(call.name);
  if (tool === undefined) return call;
  const isWrapped = tool.kind === "custom" && call.kind === "function";
  const input = isWrapped ? unwrapInput(call.input) : call.input;
  return { ...call, ...tool, input };
}

function unwrapInput(input: string): string {
  const text = parseObjectOrNull(input)?.[inputField];
  return typeof text === "string" ? text : input;
}

function toolKey(name: string, namespace: string | null): string {
  return `${namespace ?? ""} ${name}`;
}

function fitName(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_-]/g, "_");
  return clean === name && name.length <= maxNameCharacters ? name : withDigest(clean, name);
}

function withDigest(name: string, full: string): string {
  const digest = createHash("sha256").update(full).digest("hex").slice(0, 8);
  return `${name.slice(0, maxNameCharacters - 9)}_${digest}`;
}

function lowerCustomTool(tool: CustomTool, name: string): FunctionTool {
  const grammar = describeFormat(tool.format);
  const input: JsonObject = { type: "string", description: `The tool's whole input as plain text.${grammar}` };
  return {
    type: "function",
    name,
    namespace: null,
    description: tool.description,
    parameters: {
      type: "object",
      properties: { [inputField]: input },
      required: [inputField],
      additionalProperties: false,
    },
    strict: null,
    cache: null,
  };
}

function describeFormat(format: JsonObject | null): string {
  if (typeof format?.definition !== "string") return "";
  return ` It must match this ${String(format.syntax ?? "formal")} grammar:\n${format.definition}`;
}

function lowerChoice(
  choice: ToolChoice | null,
  nameOf: (name: string, namespace: string | null) => string,
  keepsForm: boolean,
): ToolChoice | null {
  if (choice?.type !== "tool") return choice;
  const namespace = keepsForm ? choice.namespace : null;
  return { type: "tool", name: nameOf(choice.name, choice.namespace), namespace };
}

function lowerMessage(
  message: CanonicalMessage,
  lowerCall: (call: ToolCallPart) => ToolCallPart,
  keepsForm: boolean,
): CanonicalMessage {
  if (message.role === "assistant") {
    const content = message.content.map((part): AssistantPart => (part.type === "tool-call" ? lowerCall(part) : part));
    return { role: "assistant", content };
  }
  if (message.role !== "tool" || keepsForm) return message;
  return { role: "tool", content: message.content.map((result) => ({ ...result, kind: "function" })) };
}
