import type { AssistantPart, CanonicalMessage, ToolOutputPart, ToolResultPart, UserPart } from "@copilot-llm/protocols";
import type { SessionTurn } from "@copilot-llm/provider";
import { encodeRequestFacts } from "../requests/encode.js";
import type { MessagePart, SessionTurnView, TurnMessage } from "./turn-schemas.js";

type OutputPart = Extract<MessagePart, { type: "text" | "image" | "file" }>;
type MediaPart = Exclude<ToolOutputPart, { type: "text" }>;

export function encodeTurn({ record, words, answer }: SessionTurn): SessionTurnView {
  return {
    request: encodeRequestFacts(record),
    is_recorded: words !== null,
    system: words?.system == null ? null : words.system.map(({ text }) => text).join("\n\n"),
    tools:
      words?.tools?.map((tool) => ({
        name: tool.name,
        description: "description" in tool ? tool.description : null,
      })) ?? null,
    messages: words?.messages.map(encodeMessage) ?? [],
    answer: answer === null || answer.length === 0 ? null : answer.map(encodePart),
  };
}

function encodeMessage({ role, content }: CanonicalMessage): TurnMessage {
  return { role, parts: content.map(encodePart) };
}

function encodePart(part: UserPart | AssistantPart | ToolResultPart): MessagePart {
  switch (part.type) {
    case "text":
    case "image":
    case "file":
      return encodeOutput(part);
    case "refusal":
      return { type: "refusal", text: part.text };
    case "reasoning":
      return { type: "reasoning", text: part.text, sealed_bytes: part.opaque?.data.length ?? null };
    case "tool-call":
      return { type: "tool_call", call_id: part.callId, name: part.name, input: part.input };
    case "tool-result":
      return {
        type: "tool_result",
        call_id: part.callId,
        is_error: part.isError,
        output: part.output.map(encodeOutput),
      };
    case "wire":
      return { type: "other", item: { ...part.item } };
  }
}

function encodeOutput(part: ToolOutputPart): OutputPart {
  if (part.type === "text") return { type: "text", text: part.text };
  if (part.type === "image") return { type: "image", ...encodeSource(part) };
  return { type: "file", ...encodeSource(part), filename: part.filename };
}

function encodeSource({ source }: MediaPart): { readonly url: string | null; readonly media_type: string | null } {
  switch (source.kind) {
    case "base64":
      return { url: `data:${source.mediaType};base64,${source.data}`, media_type: source.mediaType };
    case "url":
      return { url: source.url, media_type: null };
    case "id":
      return { url: null, media_type: null };
  }
}
