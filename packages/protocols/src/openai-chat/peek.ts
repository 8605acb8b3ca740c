import type { Initiator, JsonObject, JsonValue } from "@copilot-llm/model";
import { holdsImage } from "../body/holds-image.js";
import { ConversationOpening } from "../body/opening.js";
import type { ConversationPeek } from "../body/request-peek.js";
import { parseContent, parseItem, parseItems, parseMaxTokens, parseRole } from "../body/require-field.js";
import { ConversationTurns } from "../body/turns.js";

const roles = ["system", "developer", "user", "assistant", "tool", "function"];

/** Walks a Chat request's messages once. */
export function peek(body: JsonObject): ConversationPeek {
  const messages = parseItems(body, "messages");
  const opening = new ConversationOpening();
  const turns = new ConversationTurns();
  let initiator: Initiator = "user";
  let hasImages = false;
  let isOpening = true;
  for (let index = 0; index < messages.length; index += 1) {
    const param = `messages.${index}`;
    const message = parseItem(messages[index], param);
    const role = parseRole(message, param, roles);
    const content = parseContent(message.content, `${param}.content`);
    const isInstruction = role === "system" || role === "developer";
    if (!isInstruction) initiator = role === "user" ? "user" : "agent";
    isOpening &&= isInstruction || role === "user";
    if (isOpening) opening.addContent(role, message.content);
    else turns.add(role === "assistant", message.content, message.tool_call_id ?? firstCallId(message));
    hasImages ||= holdsImage(content);
  }
  return {
    initiator,
    hasImages,
    conversationFingerprint: opening.fingerprint(),
    turns: turns.finish(),
    startsConversation: isOpening,
    maxOutputTokens: parseMaxTokens(body, "max_completion_tokens") ?? parseMaxTokens(body, "max_tokens"),
  };
}

function firstCallId(message: JsonObject): JsonValue | undefined {
  const [call] = Array.isArray(message.tool_calls) ? (message.tool_calls as readonly (JsonObject | null)[]) : [];
  return call?.id;
}
