import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { invalidField } from "../body/fields.js";
import { isArray, typeName } from "../body/json.js";
import { ConversationOpening } from "../body/opening.js";
import type { ConversationPeek } from "../body/request-peek.js";

/** Checks `input`: text, texts, tokens, or lists of tokens; not empty. */
export function peek(body: JsonObject): ConversationPeek {
  const { input } = body;
  if (input === undefined || input === null) throw invalidField("input", "`input` is missing; send the text to embed.");
  if (typeof input !== "string" && !isArray(input)) {
    throw invalidField("input", `\`input\` must be a string or an array, not ${typeName(input)}.`);
  }
  if (input.length === 0) throw invalidField("input", "`input` is empty; send the text to embed.");
  if (isArray(input)) parseInputItems(input);
  const opening = new ConversationOpening();
  opening.addText("input", typeof input === "string" ? input : String(input[0]));
  return {
    initiator: "user",
    hasImages: false,
    conversationFingerprint: opening.fingerprint(),
    turns: [0],
    startsConversation: true,
    maxOutputTokens: null,
  };
}

function parseInputItems(items: readonly JsonValue[]): void {
  const kind = inputKind(items[0]);
  for (let index = 0; index < items.length; index += 1) {
    const found = inputKind(items[index]);
    if (found !== null && found === kind) continue;
    throw invalidField(
      `input.${index}`,
      `\`input\` must hold only strings, only whole numbers, or only arrays of whole numbers; item ${index} does not fit.`,
    );
  }
}

function inputKind(item: JsonValue | undefined): "text" | "token" | "tokens" | null {
  if (typeof item === "string") return "text";
  if (isToken(item)) return "token";
  return isArray(item) && item.length > 0 && item.every(isToken) ? "tokens" : null;
}

function isToken(value: JsonValue | undefined): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
