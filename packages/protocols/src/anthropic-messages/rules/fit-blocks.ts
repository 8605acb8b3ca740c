import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray } from "../../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { emptyText } from "../../canonical/empty-text.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";
import { billingHeaderPrefix } from "../wire.js";
import { fitDocument, isDocument } from "./fit-document.js";
import { fitServerBlock } from "./fit-server-block.js";
import { findLeadingMessages, holdsPlace, isForeign, isThought } from "./thought-places.js";

const roleAndContentOnly: ServiceRule = {
  name: "messages-have-role-and-content-only",
  source: "docs/copilot-service.md#messages-fields",
};
const systemOnlyOnTop: ServiceRule = {
  name: "system-role-only-on-top",
  source: "docs/copilot-service.md#messages-fields",
};
const sessionHeader: ServiceRule = {
  name: "session-header-spoils-the-cache",
  source: "docs/client-requirements.md#session-header-in-system",
};
const sealedElsewhere: ServiceRule = {
  name: "reasoning-sealed-for-another-wire",
  source: "docs/copilot-service.md#sealed-reasoning",
};
const serverToolsRanElsewhere: ServiceRule = {
  name: "what-server-tools-found-is-text",
  source: "docs/copilot-service.md#messages-server-tools",
};
const textsAreNotBlank: ServiceRule = { name: "texts-are-not-blank", source: "hermes-agent PR#77134, mtga PR#68" };
const contentIsNotEmpty: ServiceRule = { name: "content-is-not-empty", source: "Anthropic's API" };
const documentsArePdf: ServiceRule = { name: "base64-documents-are-pdf", source: "LibreChat#16054" };

const standIn: JsonObject = { type: "text", text: emptyText };

/** One pass over everything that is said: `system`, the messages, and what stands inside tool results. */
export const fitBlocks: RuleStep = {
  rules: [
    roleAndContentOnly,
    systemOnlyOnTop,
    sessionHeader,
    sealedElsewhere,
    serverToolsRanElsewhere,
    textsAreNotBlank,
    contentIsNotEmpty,
    documentsArePdf,
  ],
  fit(body, _context, applied) {
    const system = fitSystem(body.system, applied);
    const leading = findLeadingMessages(body.messages);
    const messages = rewriteObjects(body.messages, (message) => fitMessage(message, leading.has(message), applied));
    const topped = system === null ? withoutMembers(body, ["system"]) : withMember(body, "system", system);
    return withMember(topped, "messages", messages);
  },
};

/** Null: nothing is left of it. */
function fitSystem(system: JsonValue | undefined, applied: Set<string>): JsonValue | undefined {
  if (typeof system === "string") return isBlank(system) && system !== "" ? note(applied, textsAreNotBlank) : system;
  const fitted = rewriteObjects(system, (block) => {
    if (typeof block.text === "string" && block.text.startsWith(billingHeaderPrefix))
      return note(applied, sessionHeader);
    return fitBlock(block, applied);
  });
  return fitted !== system && isArray(fitted) && fitted.length === 0 ? null : fitted;
}

/** Null: nothing is left of an assistant's turn. A user's keeps its place, and so does what leads to a thought. */
function fitMessage(message: JsonObject, isLeading: boolean, applied: Set<string>): JsonObject | null {
  const plain = asUserTurn(withoutExtras(message, applied), applied);
  const { content } = plain;
  if (typeof content === "string") {
    if (!isBlank(content)) return plain;
    applied.add(content === "" ? contentIsNotEmpty.name : textsAreNotBlank.name);
    return isLeading && content !== "" ? { ...plain, content: emptyText } : emptied(plain);
  }
  let thoughtsAhead = isArray(content) && plain.role === "assistant" ? content.filter(isThought).length : 0;
  const fitted = rewriteObjects(content, (block) => {
    if (isThought(block)) thoughtsAhead -= 1;
    const kept = fitBlock(block, applied);
    return kept === null && (isLeading || thoughtsAhead > 0) && holdsPlace(block) ? standIn : kept;
  });
  if (!isArray(fitted) || fitted.length > 0) return withMember(plain, "content", fitted);
  if (fitted === content) applied.add(contentIsNotEmpty.name);
  return emptied(plain);
}

function emptied(message: JsonObject): JsonObject | null {
  return message.role === "assistant" ? null : { ...message, content: emptyText };
}

function withoutExtras(message: JsonObject, applied: Set<string>): JsonObject {
  for (const name in message) {
    if (name === "role" || name === "content") continue;
    applied.add(roleAndContentOnly.name);
    return { role: message.role, content: message.content };
  }
  return message;
}

function asUserTurn(message: JsonObject, applied: Set<string>): JsonObject {
  if (message.role !== "system") return message;
  applied.add(systemOnlyOnTop.name);
  return { ...message, role: "user", content: wrapSystem(message.content) };
}

function wrapSystem(content: JsonValue | undefined): JsonValue | undefined {
  const wrap = (text: string): string => (isBlank(text) ? text : `<system>\n${text}\n</system>`);
  if (typeof content === "string") return wrap(content);
  return rewriteObjects(content, (block) =>
    typeof block.text === "string" ? { ...block, text: wrap(block.text) } : block,
  );
}

function fitBlock(block: JsonObject, applied: Set<string>): JsonObject | null {
  switch (block.type) {
    case "text":
      return typeof block.text === "string" && isBlank(block.text) ? note(applied, textsAreNotBlank) : block;
    case "tool_result":
      return fitResult(block, applied);
    case "document":
      return fitFile(block, applied);
    case "thinking":
      return isForeign(block.signature) ? note(applied, sealedElsewhere) : block;
    case "redacted_thinking":
      return isForeign(block.data) ? note(applied, sealedElsewhere) : block;
    default:
      return fitServerRun(block, applied);
  }
}

function fitServerRun(block: JsonObject, applied: Set<string>): JsonObject | null {
  const fitted = fitServerBlock(block);
  if (fitted !== block) applied.add(serverToolsRanElsewhere.name);
  return fitted;
}

/** A result may hold nothing, but no text without words. */
function fitResult(block: JsonObject, applied: Set<string>): JsonObject {
  const { content } = block;
  if (typeof content === "string") {
    if (content === "" || !isBlank(content)) return block;
    applied.add(textsAreNotBlank.name);
    return withoutMembers(block, ["content"]);
  }
  const fitted = rewriteObjects(content, (inner) => fitBlock(inner, applied));
  const isEmptied = fitted !== content && isArray(fitted) && fitted.length === 0;
  return isEmptied ? withoutMembers(block, ["content"]) : withMember(block, "content", fitted);
}

function fitFile(block: JsonObject, applied: Set<string>): JsonObject {
  if (!isDocument(block)) return block;
  const fitted = fitDocument(block);
  if (fitted !== block) applied.add(documentsArePdf.name);
  return fitted;
}

function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

/** Nothing in place of what a rule takes out. */
function note(applied: Set<string>, rule: ServiceRule): null {
  applied.add(rule.name);
  return null;
}
