import { isJsonObject, type JsonObject, objectsOf, stringOf } from "../../json-value.js";

/** A content block and where it stands. */
export interface LocatedBlock {
  /** As the service's messages name the place: `messages.1.content.0`. */
  readonly at: string;
  readonly block: JsonObject;
}

/** Messages of one role that follow each other: to the service they are one turn. */
export interface Turn {
  readonly role: string;
  /** Index of its first message. */
  readonly index: number;
  readonly blocks: readonly LocatedBlock[];
}

/** The blocks of a message; a string is one text block, the empty string none. */
export function blocksOfMessage(message: JsonObject, index: number): LocatedBlock[] {
  if (typeof message.content === "string") {
    const block = { type: "text", text: message.content };
    return message.content === "" ? [] : [{ at: `messages.${index}.content`, block }];
  }
  return objectsOf(message.content).map((block, position) => ({ at: `messages.${index}.content.${position}`, block }));
}

/** Every block of every message. */
export function locateBlocks(body: JsonObject): LocatedBlock[] {
  return objectsOf(body.messages).flatMap(blocksOfMessage);
}

/** The blocks of one type. */
export function locateBlocksOf(body: JsonObject, ...types: readonly string[]): LocatedBlock[] {
  return locateBlocks(body).filter(({ block }) => types.includes(stringOf(block.type)));
}

export function mergeTurns(body: JsonObject): Turn[] {
  const turns: { role: string; index: number; blocks: LocatedBlock[] }[] = [];
  for (const [index, message] of objectsOf(body.messages).entries()) {
    const role = stringOf(message.role);
    const last = turns.at(-1);
    if (last?.role === role) last.blocks.push(...blocksOfMessage(message, index));
    else turns.push({ role, index, blocks: blocksOfMessage(message, index) });
  }
  return turns;
}

/** A text block's text, and the list it stands in: `system` or `messages`, tool results included. */
export interface LocatedText {
  readonly list: "system" | "messages";
  readonly text: string;
}

/** Every text of the prompt that the service checks. */
export function locateTexts(body: JsonObject): LocatedText[] {
  const { system } = body;
  const above = typeof system === "string" ? (system === "" ? [] : [system]) : textsOf(system);
  const below = locateBlocks(body).flatMap(({ block }) => {
    if (block.type === "text") return [stringOf(block.text)];
    if (block.type !== "tool_result") return [];
    if (typeof block.content === "string") return block.content === "" ? [] : [block.content];
    return textsOf(block.content);
  });
  return [
    ...above.map((text) => ({ list: "system", text }) as const),
    ...below.map((text) => ({ list: "messages", text }) as const),
  ];
}

function textsOf(blocks: unknown): string[] {
  return objectsOf(blocks).flatMap((block) => (block.type === "text" ? [stringOf(block.text)] : []));
}

/** `thinking`, when it is switched on. */
export function thinkingOf(body: JsonObject): JsonObject | undefined {
  const { thinking } = body;
  return isJsonObject(thinking) && (thinking.type === "enabled" || thinking.type === "adaptive") ? thinking : undefined;
}
