import type { CatalogueModel, Wire } from "@copilot-llm/model";
import type { AssistantPart, FilePart, ToolResultPart, UserPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalRequest, CanonicalTool } from "../canonical/request.js";
import { countImageTokens } from "./count-image-tokens.js";

/** What a prompt consists of, before any text was divided into tokens. */
export interface PromptMeasure {
  readonly texts: readonly string[];
  /** Tokens of images and files, and of what frames messages, tools and calls. */
  readonly otherTokens: number;
}

const answerTokens = 8;
const messageTokens = 5;
const toolTokens = 12;
const callTokens = 10;
/** A page of a PDF costs some 2,000 tokens and rarely has less than 16 KB. */
const fileBytesPerToken = 8;
/** Sealed reasoning is read at the cost of the reasoning; base64 makes more than this of each token. */
const sealedCharactersPerToken = 4;

/** Everything of a request that its model reads; what `wire` does not carry is left out. */
export function measurePrompt(request: CanonicalRequest, wire: Wire, model: CatalogueModel): PromptMeasure {
  const texts: string[] = [];
  let otherTokens = answerTokens;

  const addMedia = (part: UserPart): void => {
    if (part.type === "text") texts.push(part.text);
    else if (part.type === "image") otherTokens += countImageTokens(part, model);
    else if (part.type === "file") otherTokens += countFileTokens(part);
  };
  const addResult = (result: ToolResultPart): void => {
    otherTokens += callTokens;
    texts.push(result.callId);
    for (const part of result.output) addMedia(part);
  };
  const addAssistantPart = (part: AssistantPart): void => {
    switch (part.type) {
      case "text":
      case "refusal":
        texts.push(part.text);
        return;
      case "reasoning":
        if (part.opaque?.wire !== wire) return;
        texts.push(part.text);
        otherTokens += Math.ceil(part.opaque.data.length / sealedCharactersPerToken);
        return;
      case "tool-call":
        otherTokens += callTokens;
        texts.push(part.callId, part.name, part.input);
        return;
      case "wire":
        if (part.wire === wire) texts.push(JSON.stringify(part.item));
    }
  };
  const addMessage = (message: CanonicalMessage): void => {
    otherTokens += messageTokens;
    if (message.role === "assistant") for (const part of message.content) addAssistantPart(part);
    else if (message.role === "tool") for (const result of message.content) addResult(result);
    else for (const part of message.content) addMedia(part);
  };

  for (const tool of request.tools) {
    const text = toolText(tool, wire);
    if (text === null) continue;
    otherTokens += toolTokens;
    texts.push(text);
  }
  for (const message of request.messages) addMessage(message);
  if (request.responseFormat?.type === "json-schema") texts.push(JSON.stringify(request.responseFormat.schema));
  return { texts, otherTokens };
}

/** A tool as the model reads it; null where the wire leaves it out. */
function toolText(tool: CanonicalTool, wire: Wire): string | null {
  if (tool.type === "server") return tool.wire === wire ? JSON.stringify(tool.definition) : null;
  const input = tool.type === "function" ? tool.parameters : (tool.format ?? {});
  return `${tool.namespace ?? ""} ${tool.name}\n${tool.description ?? ""}\n${JSON.stringify(input)}`;
}

function countFileTokens({ source }: FilePart): number {
  const bytes = source.kind === "base64" ? (source.data.length * 3) / 4 : 0;
  return Math.max(1600, Math.ceil(bytes / fileBytesPerToken));
}
