import { GatewayError, type Initiator, type JsonObject } from "@copilot-llm/model";
import { holdsImage } from "../body/holds-image.js";
import { ConversationOpening } from "../body/opening.js";
import type { ConversationPeek } from "../body/request-peek.js";
import { parseContent, parseItem, parseItems, parseMaxTokens, parseRole } from "../body/require-field.js";
import { ConversationTurns } from "../body/turns.js";

/** `system` inside `messages` is what Claude Code sends (docs/client-requirements.md#system-role-in-messages). */
const roles = ["user", "assistant", "system"];

/** Walks a Messages request once. A user turn of nothing but tool results is the agent's. */
export function peek(body: JsonObject): ConversationPeek {
  refuseThread(body);
  const messages = parseItems(body, "messages");
  const opening = new ConversationOpening();
  const turns = new ConversationTurns();
  opening.addContent("system", body.system);
  let initiator: Initiator = "user";
  let hasImages = false;
  let isOpening = true;
  for (let index = 0; index < messages.length; index += 1) {
    const param = `messages.${index}`;
    const message = parseItem(messages[index], param);
    const role = parseRole(message, param, roles);
    const content = parseContent(message.content, `${param}.content`);
    if (role !== "system") initiator = role === "user" && !isToolResultsOnly(content) ? "user" : "agent";
    isOpening &&= role !== "assistant";
    if (isOpening) opening.addContent(role, message.content);
    else turns.add(role === "assistant", message.content);
    hasImages ||= holdsImage(content);
  }
  return {
    initiator,
    hasImages,
    conversationFingerprint: opening.fingerprint(),
    turns: turns.finish(),
    startsConversation: isOpening,
    maxOutputTokens: parseMaxTokens(body, "max_tokens"),
  };
}

function isToolResultsOnly(content: string | readonly JsonObject[]): boolean {
  if (typeof content === "string" || content.length === 0) return false;
  return content.every((block) => block.type === "tool_result");
}

/** The SDK goes on with the full history when it sees this error code (docs/client-requirements.md#thread-refusal). */
function refuseThread(body: JsonObject): void {
  if (body.thread === undefined || body.thread === null) return;
  throw new GatewayError(
    "invalid_request",
    "`thread` is not supported here; send the whole history in `messages` instead.",
    { param: "thread", details: { error_code: "thread_unsupported_request", unsupported: ["thread"] } },
  );
}
