import type { Initiator, JsonObject } from "@copilot-llm/model";
import { invalidField } from "../body/fields.js";
import { holdsImage } from "../body/holds-image.js";
import { isArray, typeName } from "../body/json.js";
import { ConversationOpening } from "../body/opening.js";
import type { ConversationPeek } from "../body/request-peek.js";
import { parseContent, parseItem, parseMaxTokens, parseRole } from "../body/require-field.js";
import { ConversationTurns } from "../body/turns.js";

const roles = ["user", "assistant", "system", "developer"];

/**
 * Walks a Responses request's input once. Whatever follows the user's last message other than instructions
 * (an assistant message, a call, its output, reasoning, a compaction trigger) means that an agent goes on.
 */
export function peek(body: JsonObject): ConversationPeek {
  const opening = new ConversationOpening();
  const turns = new ConversationTurns();
  const maxOutputTokens = parseMaxTokens(body, "max_output_tokens");
  opening.addContent("system", body.instructions);
  const { input } = body;
  if (typeof input === "string") {
    if (input === "") throw invalidField("input", "`input` is empty; send text or at least one item.");
    opening.addText("user", input);
    return {
      initiator: "user",
      hasImages: false,
      conversationFingerprint: opening.fingerprint(),
      turns: turns.finish(),
      startsConversation: !continuesStored(body),
      maxOutputTokens,
    };
  }
  const found = walkItems(parseInput(body), opening, turns);
  return {
    initiator: found.initiator,
    hasImages: found.hasImages,
    conversationFingerprint: opening.fingerprint(),
    turns: turns.finish(),
    startsConversation: found.isOpening && !continuesStored(body),
    maxOutputTokens,
  };
}

function parseInput(body: JsonObject): readonly unknown[] {
  const { input } = body;
  const mayBeEmpty = continuesStored(body) || (body.prompt ?? null) !== null;
  if (input === undefined || input === null) {
    if (mayBeEmpty) return [];
    throw invalidField("input", "`input` is missing; send text or an array of items.");
  }
  if (!isArray(input)) throw invalidField("input", `\`input\` must be a string or an array, not ${typeName(input)}.`);
  if (input.length === 0 && !mayBeEmpty) {
    throw invalidField("input", "`input` is empty; send text or at least one item.");
  }
  return input;
}

function continuesStored(body: JsonObject): boolean {
  return typeof body.previous_response_id === "string" || (body.conversation ?? null) !== null;
}

function walkItems(
  items: readonly unknown[],
  opening: ConversationOpening,
  turns: ConversationTurns,
): { readonly initiator: Initiator; readonly hasImages: boolean; readonly isOpening: boolean } {
  let initiator: Initiator = "user";
  let hasImages = false;
  let isOpening = true;
  for (let index = 0; index < items.length; index += 1) {
    const param = `input.${index}`;
    const item = parseItem(items[index] as JsonObject | undefined, param);
    if (item.type === "additional_tools") continue;
    if (!isMessage(item)) {
      initiator = "agent";
      isOpening = false;
      if (item.type !== "reasoning") turns.add(!isOutput(item), item.output, item.call_id);
      hasImages ||= holdsImage(item.output) || holdsImage(item.content);
      continue;
    }
    const role = parseRole(item, param, roles);
    const content = parseContent(item.content, `${param}.content`);
    const isInstruction = role === "system" || role === "developer";
    if (!isInstruction) initiator = role === "user" ? "user" : "agent";
    isOpening &&= isInstruction || role === "user";
    if (isOpening) opening.addContent(role, item.content);
    else turns.add(role === "assistant", item.content);
    hasImages ||= holdsImage(content);
  }
  return { initiator, hasImages, isOpening };
}

function isMessage(item: JsonObject): boolean {
  return item.type === "message" || (item.type === undefined && item.role !== undefined);
}

function isOutput(item: JsonObject): boolean {
  return typeof item.type === "string" && item.type.endsWith("_output");
}
