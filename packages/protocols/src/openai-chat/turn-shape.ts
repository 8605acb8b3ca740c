import { wires } from "@copilot-llm/model";
import type { AssistantPart, OpaqueReasoning, ReasoningPart, ToolCallPart } from "../canonical/part.js";

/**
 * A stretch of an answer as the model made it: a thought of so many characters with its seal, text of so many
 * characters, or a call.
 */
export type Stretch =
  | readonly ["thought", number, OpaqueReasoning | null]
  | readonly ["text", number]
  | readonly ["call"];

/** An answer's stretches in their order. */
export type TurnShape = readonly Stretch[];

const wire = "openai-chat";
const mark = "clp1:turn:";

export function shapeOf(parts: readonly AssistantPart[]): TurnShape {
  let shape: TurnShape = [];
  for (const part of parts) {
    if (part.type === "reasoning") shape = [...shape, ["thought", part.text.length, part.opaque]];
    else if (part.type === "text") shape = addText(shape, part.text.length);
    else if (part.type === "tool-call") shape = [...shape, ["call"]];
  }
  return shape;
}

/** The shape with more text at its end. */
export function addText(shape: TurnShape, characters: number): TurnShape {
  const last = shape.at(-1);
  if (characters === 0) return shape;
  return last?.[0] === "text"
    ? [...shape.slice(0, -1), ["text", last[1] + characters]]
    : [...shape, ["text", characters]];
}

/**
 * The seals of all thoughts and where they stand in one string, for a message that has room for one. Null where its one
 * seal is all there is to say: a single thought before everything else, or Chat's own.
 */
export function sealShape(shape: TurnShape): string | null {
  const sealed = shape.filter((stretch) => stretch[0] === "thought" && stretch[2] !== null);
  const isPlain = sealed.length <= 1 && (sealed.length === 0 || shape[0] === sealed[0]);
  const isOwn = sealed.every((stretch) => stretch[0] === "thought" && stretch[2]?.wire === wire);
  if (isPlain || isOwn) return null;
  return mark + Buffer.from(JSON.stringify(shape)).toString("base64url");
}

/** The reverse; null for a string that holds none. Clients that put the pieces of a stream together have it at the end. */
export function unsealShape(sealed: string): TurnShape | null {
  const at = sealed.lastIndexOf(mark);
  if (at === -1) return null;
  try {
    const shape: unknown = JSON.parse(Buffer.from(sealed.slice(at + mark.length), "base64url").toString());
    return Array.isArray(shape) && shape.every(isStretch) ? (shape as TurnShape) : null;
  } catch {
    return null;
  }
}

/** The message's parts in the order of the shape. Where text or calls are not those of the answer, thoughts come first. */
export function restoreTurn(
  shape: TurnShape,
  thought: string,
  text: string,
  calls: readonly ToolCallPart[],
): readonly AssistantPart[] {
  const isWhole =
    lengthOf(shape, "text") === text.length && shape.filter(([kind]) => kind === "call").length === calls.length;
  // A thought that was left out comes back without its text; its seal is good all the same.
  const shown = lengthOf(shape, "thought") === thought.length ? thought : null;
  const parts: AssistantPart[] = [];
  let [thoughtAt, textAt, callAt] = [0, 0, 0];
  for (const stretch of shape) {
    if (stretch[0] === "thought") {
      const own = shown === null ? "" : shown.slice(thoughtAt, thoughtAt + stretch[1]);
      thoughtAt += stretch[1];
      parts.push({ type: "reasoning", text: own, opaque: stretch[2] } satisfies ReasoningPart);
    } else if (stretch[0] === "text" && isWhole) {
      parts.push({ type: "text", text: text.slice(textAt, textAt + stretch[1]), cache: null });
      textAt += stretch[1];
    } else if (isWhole) {
      const call = calls[callAt];
      callAt += 1;
      if (call !== undefined) parts.push(call);
    }
  }
  if (isWhole) return parts;
  return [...parts, ...(text === "" ? [] : [{ type: "text", text, cache: null } as const]), ...calls];
}

function lengthOf(shape: TurnShape, kind: "text" | "thought"): number {
  return shape.reduce((sum, stretch) => sum + (stretch[0] === kind ? Number(stretch[1]) : 0), 0);
}

function isStretch(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const [kind, characters, opaque] = value as readonly unknown[];
  if (kind === "call") return true;
  if (!Number.isSafeInteger(characters) || Number(characters) < 0) return false;
  return kind === "text" || (kind === "thought" && (opaque === null || isOpaque(opaque)));
}

function isOpaque(value: unknown): value is OpaqueReasoning {
  const { wire: sealedBy, data, redacted } = (value ?? {}) as Partial<OpaqueReasoning>;
  return wires.some((name) => name === sealedBy) && typeof data === "string" && typeof redacted === "boolean";
}
