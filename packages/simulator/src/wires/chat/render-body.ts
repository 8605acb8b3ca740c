import type { JsonObject } from "../../json-value.js";
import { type ReplyPart, type ReplyStop, type ScriptedReply, textOf } from "../scripted-reply.js";
import type { RenderContext } from "../wire.js";
import { chatUsage } from "./chat-usage.js";

/** `finish_reason` of a stop. */
export function finishReason(stop: ReplyStop): string {
  if (stop === "tool-calls") return "tool_calls";
  return stop === "length" ? "length" : "stop";
}

/** A `chat.completion` body. Claude answers come in sequential choices when the quirk is on. */
export function renderChatBody(reply: ScriptedReply, context: RenderContext): JsonObject {
  const sequential = reply.quirks.sequentialChoices && context.model.vendor === "anthropic";
  const calls = reply.parts.filter((part) => part.type === "tool-call");
  const rest = reply.parts.filter((part) => part.type !== "tool-call");
  const groups: (readonly ReplyPart[])[] =
    sequential && calls.length > 0
      ? [...(rest.length > 0 ? [rest] : []), ...calls.map((call) => [call])]
      : [reply.parts];
  return {
    id: context.ids.next("chatcmpl-"),
    object: "chat.completion",
    created: context.createdAtSeconds,
    model: context.model.item.version,
    choices: groups.map((parts, index) => ({
      index,
      message: renderMessage(parts),
      finish_reason: finishReason(
        reply.stop === "tool-calls" && !parts.some((part) => part.type === "tool-call") ? "end" : reply.stop,
      ),
    })),
    ...chatUsage(context),
    system_fingerprint: "fp_simulated",
  };
}

/** A tool call in the shape of a message or of a stream's first fragment. */
export function renderToolCall(part: ReplyPart & { type: "tool-call" }, argumentsText: string): JsonObject {
  return part.kind === "custom"
    ? { id: part.callId, type: "custom", custom: { name: part.name, input: argumentsText } }
    : { id: part.callId, type: "function", function: { name: part.name, arguments: argumentsText } };
}

function renderMessage(parts: readonly ReplyPart[]): JsonObject {
  const joined = (type: ReplyPart["type"]): string =>
    parts
      .filter((part) => part.type === type)
      .map(textOf)
      .join("");
  const calls = parts.flatMap((part) => (part.type === "tool-call" ? [renderToolCall(part, textOf(part))] : []));
  const reasoning = parts.find((part) => part.type === "reasoning");
  const refusal = joined("refusal");
  return {
    role: "assistant",
    content: parts.some((part) => part.type === "text") ? joined("text") : null,
    ...(refusal === "" ? {} : { refusal }),
    ...(reasoning?.type === "reasoning"
      ? {
          ...(reasoning.isRedacted ? {} : { reasoning_text: textOf(reasoning) }),
          reasoning_opaque: reasoning.signature,
        }
      : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}
