import type { Initiator, JsonObject } from "@copilot-llm/model";
import { ConversationOpening } from "./conversation-opening.js";
import { holdsImage } from "./holds-image.js";
import type { ConversationPeek } from "./request-peek.js";
import { parseContent, parseItem, parseItems, parseMaxTokens, parseRole } from "./require-field.js";

const roles = ["system", "developer", "user", "assistant", "tool", "function"];

/** Walks a Chat request's messages once. */
export function peekOpenaiChat(body: JsonObject): ConversationPeek {
  const messages = parseItems(body, "messages");
  const opening = new ConversationOpening();
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
    hasImages ||= holdsImage(content);
  }
  return {
    initiator,
    hasImages,
    conversationFingerprint: opening.fingerprint(),
    startsConversation: isOpening,
    maxOutputTokens: parseMaxTokens(body, "max_completion_tokens") ?? parseMaxTokens(body, "max_tokens"),
  };
}
